package io.nodeplane.plexd.pipeline;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** One record on disk: length (4 bytes, big-endian), CRC-32 of the payload (4 bytes), payload. */
final class Frame {
    static final int HEADER_BYTES = 8;

    /** Above what any record has; a length over it is damage, not a reason to allocate. */
    private static final int MAX_PAYLOAD_BYTES = 32 << 20;

    private Frame() {}

    static byte[] header(byte[] payload) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putInt(payload.length)
                .putInt(checksum(payload))
                .array();
    }

    /** The next payload, or null at the end, at a torn tail, or where the file is damaged. */
    static byte @Nullable [] read(DataInputStream in) throws IOException {
        try {
            var length = in.readInt();
            var checksum = in.readInt();
            if (length < 1 || length > MAX_PAYLOAD_BYTES) {
                return null;
            }
            var payload = in.readNBytes(length);
            return payload.length == length && checksum(payload) == checksum ? payload : null;
        } catch (EOFException end) {
            return null;
        }
    }

    private static int checksum(byte[] payload) {
        var crc = new CRC32();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
