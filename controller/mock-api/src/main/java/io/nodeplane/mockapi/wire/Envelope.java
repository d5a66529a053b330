package io.nodeplane.mockapi.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An event of the seed contract as it travels in one {@code data:} line.
 *
 * @param type event type, such as {@code policy_updated}
 * @param id event id; becomes the frame's {@code id:}
 * @param issuedAt RFC 3339 time as it is written on the wire
 * @param nonce must be new for every event
 * @param payload JSON text as received, {@code null} when absent
 * @param signature base64 of the Ed25519 signature, empty while unsigned
 *     SOURCE: facts 3.6, envelope B
 */
public record Envelope(String type, String id, String issuedAt, String nonce, String payload, String signature) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * An envelope from its JSON object; members of other names are skipped, absent ones are empty.
     *
     * @throws IOException when the bytes are no JSON object or a member but {@code payload} is no string
     */
    public static Envelope parse(byte[] json) throws IOException {
        var envelope = new Envelope("", "", "", "", "null", "");
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("event: expected a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                envelope = envelope.with(parser.currentName(), parser, json);
            }
        }
        return envelope;
    }

    private Envelope with(String member, JsonParser parser, byte[] json) throws IOException {
        parser.nextToken();
        return switch (member) {
            case "event_type" -> new Envelope(text(member, parser), id, issuedAt, nonce, payload, signature);
            case "event_id" -> new Envelope(type, text(member, parser), issuedAt, nonce, payload, signature);
            case "issued_at" -> issuedAt(text(member, parser));
            case "nonce" -> new Envelope(type, id, issuedAt, text(member, parser), payload, signature);
            case "payload" -> new Envelope(type, id, issuedAt, nonce, raw(parser, json), signature);
            case "signature" -> signature(text(member, parser));
            default -> {
                parser.skipChildren();
                yield this;
            }
        };
    }

    private static String text(String member, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new IOException(member + ": expected a string");
        }
        return parser.getText();
    }

    /** The exact text of the value at the parser: its number digits and key order are part of the signed bytes. */
    private static String raw(JsonParser parser, byte[] json) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else {
            parser.getText();
        }
        int end = (int) parser.currentLocation().getByteOffset();
        return new String(Arrays.copyOfRange(json, start, end), StandardCharsets.UTF_8).strip();
    }

    /** The same event issued at another time. */
    public Envelope issuedAt(String time) {
        return new Envelope(type, id, time, nonce, payload, signature);
    }

    /** The same event with a signature. */
    public Envelope signature(String base64) {
        return new Envelope(type, id, issuedAt, nonce, payload, base64);
    }

    /** The bytes that are signed: Go's JSON of all members but the signature. */
    public String canonical() {
        return members(Rfc3339.format(Rfc3339.parse(issuedAt))) + "}";
    }

    /** The {@code data:} line: all members with the signature, times as they were given. */
    public String data() {
        return members(issuedAt) + ",\"signature\":" + GoJson.quoted(signature) + "}";
    }

    private String members(String time) {
        return "{\"event_type\":" + GoJson.quoted(type)
                + ",\"event_id\":" + GoJson.quoted(id)
                + ",\"issued_at\":" + GoJson.quoted(time)
                + ",\"nonce\":" + GoJson.quoted(nonce)
                + ",\"payload\":" + GoJson.compacted(payload);
    }

    /** The whole frame: {@code id:}, {@code event:}, {@code data:}, blank line. SOURCE: facts 10.2, frame order. */
    public byte[] frame() {
        return GoJson.utf8("id: " + oneLine(id) + "\nevent: " + oneLine(type) + "\ndata: " + data() + "\n\n");
    }

    /** A line break in a member would start another field of the frame. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\r\\n]", " ");
    }
}
