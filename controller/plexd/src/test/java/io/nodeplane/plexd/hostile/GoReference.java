package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/**
 * The signed form of an event, written a second time from the protocol facts 3.6 (canonical bytes, rules 1 to 4) and in
 * another way than the agent's: by patterns over text, not by a walk over bytes.
 */
public final class GoReference {
    private static final Pattern PIECE =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|[ \\t\\r\\n]++|[^ \\t\\r\\n\"]++", Pattern.DOTALL);

    private GoReference() {}

    /** Rules 1 to 4 together. */
    public static byte[] canonical(String type, String id, String issuedAt, String nonce, String payload) {
        return String.join(
                        "",
                        "{\"event_type\":",
                        string(type),
                        ",\"event_id\":",
                        string(id),
                        ",\"issued_at\":",
                        string(time(issuedAt)),
                        ",\"nonce\":",
                        string(nonce),
                        ",\"payload\":",
                        payload(payload),
                        "}")
                .getBytes(UTF_8);
    }

    /** Rule 2, for a decoded string. */
    public static String string(String decoded) {
        var valid = new String(decoded.replaceAll("[\\ud800-\\udfff]", "\ufffd").getBytes(UTF_8), UTF_8);
        var quoted = valid.replace("\\", "\\\\").replace("\"", "\\\"");
        var shorts = quoted.replace("\b", "\\b")
                .replace("\f", "\\f")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        return '"' + hex(shorts, "[\\x00-\\x1f<>&\u2028\u2029]") + '"';
    }

    /** Rule 3. */
    public static String time(String received) {
        if (received.isEmpty()) {
            return "";
        }
        var time = OffsetDateTime.parse(received);
        var seconds = time.toLocalDateTime().withNano(0).toString();
        var whole = seconds.length() == 16 ? seconds + ":00" : seconds;
        var fraction =
                String.valueOf(1_000_000_000L + time.getNano()).substring(1).replaceFirst("0+$", "");
        return whole + (fraction.isEmpty() ? "" : "." + fraction) + time.getOffset();
    }

    /** Rule 4, for a valid JSON value. */
    public static String payload(String json) {
        return PIECE.matcher(json)
                .replaceAll(piece -> java.util.regex.Matcher.quoteReplacement(
                        piece.group().isBlank()
                                ? ""
                                : piece.group().startsWith("\"")
                                        ? hex(piece.group(), "[<>&\u2028\u2029]")
                                        : piece.group()));
    }

    private static String hex(String text, String characters) {
        return Pattern.compile(characters)
                .matcher(text)
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }
}
