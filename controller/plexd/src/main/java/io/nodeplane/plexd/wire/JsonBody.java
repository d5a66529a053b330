package io.nodeplane.plexd.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes JSON to memory. */
public final class JsonBody {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    /** Writes members into the open object. */
    @FunctionalInterface
    public interface Members {
        void write(JsonGenerator out) throws IOException;
    }

    /** Writes one record as an object, or nothing. */
    @FunctionalInterface
    public interface Line<R> {
        void write(R record, JsonGenerator out) throws IOException;
    }

    private static final SerializedString LINE_FEED = new SerializedString("\n");

    private JsonBody() {}

    /** One JSON object. */
    public static byte[] object(Members members) {
        return written(new ByteArrayOutputStream(), out -> {
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
        });
    }

    /** One JSON object per line (NDJSON), each made by {@code line}; a record for which it writes nothing has no line. */
    public static <R> byte[] lines(List<R> records, Line<R> line) {
        return written(new ByteArrayOutputStream(records.size() * 128), out -> {
            out.setRootValueSeparator(LINE_FEED);
            for (var each : records) {
                line.write(each, out);
            }
        });
    }

    /** A JSON array whose elements {@code elements} writes. */
    public static byte[] array(Members elements) {
        return written(new ByteArrayOutputStream(), out -> {
            out.writeStartArray();
            elements.write(out);
            out.writeEndArray();
        });
    }

    private static byte[] written(ByteArrayOutputStream bytes, Members members) {
        try (var out = FACTORY.createGenerator(bytes)) {
            members.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing JSON to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** A member that is an object of texts. */
    public static void writeTexts(String name, Map<String, String> texts, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart(name);
        // Sorted, so that the same labels are the same bytes.
        for (var each : new TreeMap<>(texts).entrySet()) {
            out.writeStringField(each.getKey(), each.getValue());
        }
        out.writeEndObject();
    }
}
