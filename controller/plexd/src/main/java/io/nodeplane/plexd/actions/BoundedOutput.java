package io.nodeplane.plexd.actions;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The beginning of a stream, in memory; what is beyond the limit is read and forgotten, so that nobody waits. Thread-safe. */
public final class BoundedOutput extends OutputStream {
    /** Ends a stream that was longer (protocol facts 8.1). */
    static final String CUT = "\n...[truncated]";

    private final int maxBytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean truncated;

    /**
     * Empty.
     *
     * @param maxBytes that are kept
     */
    public BoundedOutput(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        var room = Math.min(length, maxBytes - kept.size());
        kept.write(bytes, offset, room);
        truncated |= room < length;
    }

    /** The text so far, as UTF-8; the suffix tells that there was more. */
    public synchronized String text() {
        if (!truncated) {
            return kept.toString(StandardCharsets.UTF_8);
        }
        var bytes = kept.toByteArray();
        return new String(Arrays.copyOf(bytes, wholeCharacters(bytes)), StandardCharsets.UTF_8) + CUT;
    }

    /** The length without a character that was cut in two: at most three bytes of one (RFC 3629, section 3). */
    private static int wholeCharacters(byte[] bytes) {
        var start = bytes.length;
        for (var back = 1; back <= Math.min(3, bytes.length); back++) {
            if ((bytes[bytes.length - back] & 0xc0) != 0x80) {
                start = bytes.length - back;
                break;
            }
        }
        if (start == bytes.length) {
            return bytes.length;
        }
        var lead = bytes[start] & 0xff;
        var wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
        return bytes.length - start < wanted ? start : bytes.length;
    }
}
