package io.nodeplane.runtime.text;

import java.util.regex.Pattern;

/**
 * Text without half characters. A JSON escape may name half of a surrogate pair, which Java keeps and UTF-8 cannot say: what
 * writes it later throws, or writes something else. Go replaces it when it reads, and so do we.
 */
public final class Unicode {
    /** Matches a surrogate only where its other half is missing: a pair is one code point to a pattern. */
    private static final Pattern HALF = Pattern.compile("[\\ud800-\\udfff]");

    private Unicode() {}

    /** The text with U+FFFD for each surrogate without its other half. */
    public static String wellFormed(String text) {
        for (var at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                return HALF.matcher(text).replaceAll("\ufffd");
            }
        }
        return text;
    }
}
