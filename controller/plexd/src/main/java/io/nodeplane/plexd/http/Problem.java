package io.nodeplane.plexd.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What an error answer says of itself as {@code application/problem+json} (RFC 9457; protocol facts 2.3, error body). Every
 * member may be missing.
 *
 * @param code stable word for programs, for example {@code token_consumed}; empty when the answer has none
 * @param correlationId finds the request in the control plane's logs; empty when the answer has none
 * @param detail for people; empty when the answer has none
 */
public record Problem(String code, String correlationId, String detail) {
    /** An answer that says nothing about itself. */
    public static final Problem NONE = new Problem("", "", "");

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    /** Reads what it can of a body that may be cut off or no problem at all. */
    static Problem read(byte[] body, String correlationHeader) {
        var texts = new HashMap<String, String>();
        try (var in = FACTORY.createParser(body)) {
            if (in.nextToken() == JsonToken.START_OBJECT) {
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    var name = in.currentName();
                    if (in.nextToken() == JsonToken.VALUE_STRING) {
                        texts.put(name, in.getText());
                    } else {
                        in.skipChildren();
                    }
                }
            }
        } catch (IOException cutOff) {
            return from(texts, correlationHeader);
        }
        return from(texts, correlationHeader);
    }

    private static Problem from(Map<String, String> texts, String correlationHeader) {
        var detail = texts.getOrDefault("detail", texts.getOrDefault("title", ""));
        return new Problem(
                texts.getOrDefault("code", ""), texts.getOrDefault("correlation_id", correlationHeader), detail);
    }

    /** The parts that are there, for example {@code token_consumed, used before (correlation 4f2a)}. */
    String text() {
        var words = code.isEmpty() || detail.isEmpty() ? code + detail : code + ", " + detail;
        return correlationId.isEmpty() ? words : (words + " (correlation " + correlationId + ")").strip();
    }
}
