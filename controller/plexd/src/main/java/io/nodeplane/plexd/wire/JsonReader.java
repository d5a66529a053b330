package io.nodeplane.plexd.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.runtime.text.Unicode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one JSON document member by member, without a tree: a state of megabytes costs little more than its bytes.
 *
 * <p>As Go reads it: an absent member and {@code null} are the type's empty value, unknown members are skipped. A wrong
 * type is a fault that names the member by its JSON pointer (RFC 6901), and never shows the value, which may be a secret.
 */
public final class JsonReader {
    /** The contract's documents have 8 levels; what is copied to other objects is written by recursion on 256 KiB of stack. */
    static final int MAX_DEPTH = 128;

    /** Bytes of a value that is kept as it came: a PlexdNodeState, which etcd holds, has no room for more. */
    static final int MAX_RAW = 1 << 20;

    /** Names and values: 10,000 peers have 200,000. */
    private static final int MAX_TOKENS = 300_000;

    /** Characters of a JSON pointer that a fault shows. */
    private static final int MAX_POINTER = 200;

    /** Limits that keep a hostile document out of a heap of 48 MiB; UTF-8 only (RFC 8259, section 8.1). */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_RAW)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .build();

    /** Reads one value, whose first token is the current one, and leaves its last token current. */
    @FunctionalInterface
    public interface Value<T> {
        T read(JsonReader in) throws IOException;
    }

    /** Reads the value of one named member; skips it when the name says nothing. */
    @FunctionalInterface
    public interface Member {
        void read(String name, JsonReader in) throws IOException;
    }

    private final String what;
    private final byte[] bytes;
    private final JsonParser parser;

    private JsonReader(String what, byte[] bytes, JsonParser parser) {
        this.what = what;
        this.bytes = bytes;
        this.parser = parser;
    }

    /**
     * The whole document as one value.
     *
     * @param what names the document in faults, for example {@code state}
     * @throws ApiException.Malformed when it is no JSON, too short, too long or of other types
     */
    public static <T> T document(String what, byte[] bytes, Value<T> value) throws ApiException.Malformed {
        try (var parser = FACTORY.createParser(bytes)) {
            return document(new JsonReader(what, bytes, parser), value);
        } catch (ApiException.Malformed known) {
            throw known;
        } catch (IOException broken) {
            // Not chained: Jackson quotes the text it stumbled over, and that may be a key.
            throw new ApiException.Malformed(what + ": is cut off or no JSON", null);
        }
    }

    private static <T> T document(JsonReader reader, Value<T> value) throws IOException {
        var what = reader.what;
        var parser = reader.parser;
        try {
            if (parser.nextToken() == null) {
                throw new ApiException.Malformed(what + ": is empty, expected JSON", null);
            }
            var result = value.read(reader);
            if (parser.nextToken() != null) {
                throw new ApiException.Malformed(what + ": has more behind its end", null);
            }
            return result;
        } catch (StreamConstraintsException limit) {
            throw reader.fault("expected less: it is deeper, longer or more than any document of the contract");
        }
    }

    /** Hands each member of an object to {@code member}; {@code null} has none. */
    public void members(Member member) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            member.read(name, this);
        }
    }

    /** The known members of a small object; unknown ones are skipped, {@code null} has none. */
    public Fields fields(Map<String, Value<?>> known) throws IOException {
        var values = new HashMap<String, Object>();
        members((name, in) -> {
            var value = known.get(name);
            if (value == null) {
                in.skip();
                return;
            }
            values.put(name, value.read(in));
        });
        return new Fields(values, this);
    }

    /** The elements of an array; {@code null} has none. */
    public <T> List<T> list(Value<T> element) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        expect(JsonToken.START_ARRAY, "an array");
        var elements = new ArrayList<T>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(element.read(this));
        }
        return elements;
    }

    /** An object of strings; {@code null} is empty. */
    public Map<String, String> texts() throws IOException {
        var texts = new LinkedHashMap<String, String>();
        members((name, in) -> texts.put(name, in.text()));
        return texts;
    }

    /** A string; {@code null} is empty. */
    public String text() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        expect(JsonToken.VALUE_STRING, "a string");
        return Unicode.wellFormed(parser.getText());
    }

    /** A whole number; {@code null} is 0. */
    public long whole() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return 0;
        }
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        try {
            return parser.getLongValue();
        } catch (InputCoercionException tooLong) {
            throw fault("expected a whole number of 64 bits");
        }
    }

    /** A boolean; {@code null} is false. */
    public boolean flag() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw fault("expected true or false");
        };
    }

    /** An RFC 3339 time; absent when it is {@code null} or empty. */
    public Optional<OffsetDateTime> time() throws IOException {
        var text = text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text));
        } catch (DateTimeException noTime) {
            throw fault("expected an RFC 3339 time");
        }
    }

    /** The bytes of any value exactly as received. */
    public byte[] raw() throws IOException {
        var start = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        var end = parser.currentLocation().getByteOffset();
        if (start < 0 || end <= start || end > bytes.length) {
            throw fault("expected UTF-8");
        }
        if (end - start > MAX_RAW) {
            throw fault("expected at most " + MAX_RAW + " bytes");
        }
        return Arrays.copyOfRange(bytes, Math.toIntExact(start), Math.toIntExact(end));
    }

    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    public void skip() throws IOException {
        parser.skipChildren();
    }

    /** A fault at the current member. */
    public ApiException.Malformed fault(String expected) {
        var pointer = parser.getParsingContext().pathAsPointer().toString();
        var shown = pointer.length() <= MAX_POINTER ? pointer : pointer.substring(0, MAX_POINTER) + "…";
        return new ApiException.Malformed(what + ": " + shown + " is wrong, " + expected, null);
    }

    private void expect(JsonToken token, String expected) throws ApiException.Malformed {
        if (parser.currentToken() != token) {
            throw fault("expected " + expected);
        }
    }
}
