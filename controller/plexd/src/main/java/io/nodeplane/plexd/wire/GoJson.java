package io.nodeplane.plexd.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * JSON bytes exactly as Go's {@code encoding/json} writes them, because events are signed over that form (protocol facts
 * 3.6, canonical bytes).
 */
public final class GoJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    private GoJson() {}

    /** A decoded string as a quoted JSON string. */
    public static String string(String decoded) {
        var out = new StringBuilder(decoded.length() + 2).append('"');
        decoded.codePoints().forEach(point -> appendEscaped(point, out));
        return out.append('"').toString();
    }

    private static void appendEscaped(int point, StringBuilder out) {
        switch (point) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '<', '>', '&', LINE_SEPARATOR, PARAGRAPH_SEPARATOR -> appendHex(point, out);
            default -> appendPlain(point, out);
        }
    }

    private static void appendPlain(int point, StringBuilder out) {
        if (point < 0x20) {
            appendHex(point, out);
            return;
        }
        // Go decodes a lone surrogate to U+FFFD, which it then writes as it is.
        var isSurrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        out.appendCodePoint(isSurrogate ? 0xfffd : point);
    }

    private static void appendHex(int point, StringBuilder out) {
        out.append("\\u");
        for (var shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX[(point >> shift) & 0xf]);
        }
    }

    /**
     * A valid JSON value without insignificant whitespace, and with {@code < > &} and the two separators escaped. Key order,
     * number spelling and existing escapes stay.
     */
    public static byte[] compact(byte[] json) {
        var out = new ByteArrayOutputStream(json.length + 16);
        var inString = false;
        for (var at = 0; at < json.length; at++) {
            var octet = json[at];
            if (!inString && (octet == ' ' || octet == '\t' || octet == '\n' || octet == '\r')) {
                continue;
            }
            if (inString && octet == '\\') {
                // An escape and what it escapes go together, so that an escaped quote does not end the string.
                out.write(octet);
                out.write(json[++at]);
                continue;
            }
            if (octet == '"') {
                inString = !inString;
            }
            at += writeEscaped(json, at, out);
        }
        return out.toByteArray();
    }

    /** Writes one character and tells how many bytes more than one it took. */
    private static int writeEscaped(byte[] json, int at, ByteArrayOutputStream out) {
        var octet = json[at];
        if (octet == '<' || octet == '>' || octet == '&') {
            out.writeBytes(("\\u00" + HEX[octet >> 4] + HEX[octet & 0xf]).getBytes(UTF_8));
            return 0;
        }
        if (isSeparator(json, at)) {
            out.writeBytes(("\\u202" + HEX[json[at + 2] & 0xf]).getBytes(UTF_8));
            return 2;
        }
        out.write(octet);
        return 0;
    }

    /** U+2028 is E2 80 A8 and U+2029 is E2 80 A9. */
    private static boolean isSeparator(byte[] json, int at) {
        return at + 2 < json.length
                && json[at] == (byte) 0xe2
                && json[at + 1] == (byte) 0x80
                && (json[at + 2] == (byte) 0xa8 || json[at + 2] == (byte) 0xa9);
    }
}
