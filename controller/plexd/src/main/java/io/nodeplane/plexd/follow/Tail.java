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
    static final int BYTES = 256;

    /** Of bytes that were read. */
    static Tail of(byte[] bytes, int filled, long end) {
        var length = Math.min(BYTES, filled);
        var crc = new CRC32();
        crc.update(bytes, filled - length, length);
        return new Tail(end, length, crc.getValue());
    }
}
