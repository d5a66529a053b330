package io.nodeplane.plexd.nodestate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.runtime.text.Unicode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for JSON values that mean the same to an API server.
 *
 * <p>The server keeps numbers as int64 or float64 and may reorder members, so a payload comes back spelt otherwise than it
 * was sent. Without one spelling the agent would see a difference, and write, for ever.
 */
final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Above this a float64 no longer holds every integer, so the server's spelling is kept. */
    private static final double EXACT_INTEGERS = 1L << 53;

    private JsonText() {}

    /**
     * Members sorted, no white space, {@code 1.0} as {@code 1}.
     *
     * @throws IllegalArgumentException when the text is no JSON value
     */
    static String canonical(String json) {
        try {
            return canonical(MAPPER.readTree(json));
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("payload is no JSON value", notJson);
        }
    }

    static String canonical(JsonNode value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    /** The value as maps, lists, strings, numbers and booleans, for the generated types. */
    static Object plain(String json) {
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("payload is no JSON value", notJson);
        }
    }

    /** The other way. */
    static String fromPlain(Object value) {
        return canonical(MAPPER.valueToTree(value));
    }

    /**
     * Levels of arrays and objects in a value; counts no further than {@code limit + 1}, so that it calls itself no deeper than
     * that on a stack of 256 KiB.
     */
    static int depth(@Nullable Object plain, int limit) {
        var items = switch (plain) {
            case Map<?, ?> map -> map.values();
            case List<?> list -> list;
            case null, default -> null;
        };
        if (items == null || limit < 0) {
            return 0;
        }
        var deepest = 0;
        for (Object item : items) {
            deepest = Math.max(deepest, depth(item, limit - 1));
        }
        return 1 + deepest;
    }

    private static void write(JsonNode value, StringBuilder out) {
        if (value.isObject()) {
            writeObject(value, out);
            return;
        }
        if (value.isArray()) {
            var separator = '[';
            for (var item : value) {
                out.append(separator);
                write(item, out);
                separator = ',';
            }
            out.append(value.isEmpty() ? "[]" : "]");
            return;
        }
        out.append(value.isNumber() ? number(value) : value.isTextual() ? quoted(value.textValue()) : value.toString());
    }

    private static void writeObject(JsonNode value, StringBuilder out) {
        var members = new TreeMap<String, JsonNode>();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            members.put(member.getKey(), member.getValue());
        }
        var separator = '{';
        for (var member : members.entrySet()) {
            out.append(separator).append(quoted(member.getKey())).append(':');
            write(member.getValue(), out);
            separator = ',';
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    /** Half a surrogate pair comes back from the server as something else, and would be written for ever. */
    private static String quoted(String text) {
        return MAPPER.getNodeFactory().textNode(Unicode.wellFormed(text)).toString();
    }

    private static String number(JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return Long.toString(value.longValue());
        }
        // JSON has no word for more than a float64 holds, and the server refuses the number as it came.
        var number = Math.clamp(value.doubleValue(), -Double.MAX_VALUE, Double.MAX_VALUE);
        var isInteger = number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS;
        return isInteger ? Long.toString((long) number) : Double.toString(number);
    }
}
