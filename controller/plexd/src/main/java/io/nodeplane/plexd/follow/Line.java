package io.nodeplane.plexd.follow;

import java.nio.charset.StandardCharsets;

/**
 * One line without its line break, as a view that is valid until the next one is read.
 *
 * @param bytes holds the line, or its beginning if the line is longer than the buffer
 * @param from index of its first byte
 * @param length bytes of it in {@code bytes}
 * @param offset of its first byte in the file
 * @param total bytes of the whole line
 */
public record Line(byte[] bytes, int from, int length, long offset, long total) {
    /** Whether the view holds all of it. */
    public boolean whole() {
        return length == total;
    }

    /** The bytes of the view as UTF-8 text. */
    public String text() {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
