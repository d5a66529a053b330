package io.nodeplane.plexd.follow;

import java.util.zip.CRC32;

/**
 * The last bytes before an offset of a file.
 *
 * @param end the offset
 * @param length how many bytes the checksum covers
 * @param checksum CRC-32
 */
record Tail(long end, int length, long checksum) {
    private static final int BYTES = 256;

    /** Before the beginning of any file. */
    static final Tail NONE = new Tail(0, 0, 0);

    /** One whose checksum was kept. */
    static Tail kept(long end, long checksum) {
        return new Tail(end, lengthBefore(end), checksum);
    }

    /** How many bytes before an offset are covered. */
    static int lengthBefore(long end) {
        return (int) Math.min(BYTES, end);
    }

    /** Of bytes that were read. */
    static Tail of(byte[] bytes, int filled, long end) {
        var length = lengthBefore(filled);
        var crc = new CRC32();
        crc.update(bytes, filled - length, length);
        return new Tail(end, length, crc.getValue());
    }
}
