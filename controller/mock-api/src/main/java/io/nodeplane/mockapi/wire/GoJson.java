package io.nodeplane.mockapi.wire;

import java.nio.charset.StandardCharsets;

/**
 * The JSON text that Go's {@code json.Marshal} writes: signatures are made over it. Written for the mock alone.
 * SOURCE: facts 3.6, canonical bytes rules 1, 2 and 4.
 */
public final class GoJson {
    private GoJson() {}

    /** A quoted string: Go escapes {@code < > &}, U+2028 and U+2029 besides what JSON demands, and not the slash. */
    public static String quoted(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            appendEscaped(out, text, i);
        }
        return out.append('"').toString();
    }

    private static void appendEscaped(StringBuilder out, String text, int i) {
        char c = text.charAt(i);
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20 || isEscapedByGo(c)) {
                    out.append(unicode(c));
                } else {
                    // Go decodes half a surrogate pair to U+FFFD and then writes that character as it is.
                    out.append(isLoneSurrogate(text, i) ? '\uFFFD' : c);
                }
            }
        }
    }

    /**
     * A JSON text with the white space outside of strings removed and {@code < > &}, U+2028, U+2029 escaped; key order,
     * numbers and existing escapes stay as they are.
     */
    public static String compacted(String json) {
        var out = new StringBuilder(json.length());
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString && c == '\\') {
                out.append(c).append(json.charAt(++i));
            } else if (inString && isEscapedByGo(c)) {
                out.append(unicode(c));
            } else if (inString || !isWhiteSpace(c)) {
                inString ^= c == '"';
                out.append(c);
            }
        }
        return out.toString();
    }

    /** UTF-8 bytes of a canonical text. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isEscapedByGo(char c) {
        return c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    private static String unicode(char c) {
        return "\\u%04x".formatted((int) c);
    }
}
