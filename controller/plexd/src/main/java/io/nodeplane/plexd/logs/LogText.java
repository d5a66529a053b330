package io.nodeplane.plexd.logs;

/** The length of a message: 16384 bytes of a line, then {@code [truncated]} (protocol facts 5.4). */
final class LogText {
    static final int MAX_BYTES = 16384;
    private static final String CUT = "[truncated]";

    private LogText() {}

    /** The text, cut when it is longer than the limit; counted in characters, which never exceed bytes. */
    static String limited(String text) {
        return text.length() <= MAX_BYTES ? text : cut(text);
    }

    /** The text's beginning with the mark behind it. */
    static String cut(String text) {
        var end = Math.min(text.length(), MAX_BYTES);
        // Half a surrogate pair is no character.
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + CUT;
    }
}
