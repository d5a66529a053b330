package io.nodeplane.mockapi.page;

/**
 * Foreign text made fit to be shown: bounded, on one line, without characters that act on what stands around them. The page
 * writes it as text, never as markup; this is for what text alone can do (terminal escapes, reversed writing, endless lines).
 */
final class Excerpt {
    /** Unicode's block of pictures for the 32 control characters. SOURCE: Unicode, Control Pictures. */
    private static final char PICTURES = '\u2400';

    private static final char PICTURE_OF_DELETE = '\u2421';
    private static final char REPLACEMENT = '\uFFFD';

    private Excerpt() {}

    /** At most {@code most} characters of a text, and an ellipsis when it had more. */
    static String of(String text, int most) {
        int end = Math.min(text.length(), most);
        if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        var out = new StringBuilder(end + 1);
        text.substring(0, end).codePoints().forEach(c -> out.appendCodePoint(shown(c)));
        return end < text.length() ? out.append('…').toString() : out.toString();
    }

    private static int shown(int c) {
        if (c == '\t') {
            return ' ';
        }
        if (c < 0x20) {
            return PICTURES + c;
        }
        if (c == 0x7f) {
            return PICTURE_OF_DELETE;
        }
        return isActing(c) ? REPLACEMENT : c;
    }

    /** C1 controls, line separators, marks and overrides of writing direction, half surrogate pairs. */
    private static boolean isActing(int c) {
        return (c >= 0x80 && c < 0xa0)
                || c == 0x061c
                || (c >= 0x200e && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || Character.getType(c) == Character.SURROGATE;
    }
}
