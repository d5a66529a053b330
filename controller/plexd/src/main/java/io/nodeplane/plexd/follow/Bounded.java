package io.nodeplane.plexd.follow;

import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream; closing it does not close the file. */
final class Bounded extends InputStream {
    private final InputStream in;
    private long left;

    Bounded(InputStream in, long limit) {
        this.in = in;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (left == 0) {
            return length == 0 ? 0 : -1;
        }
        var read = in.read(into, from, (int) Math.min(length, left));
        left -= Math.max(0, read);
        return read;
    }
}
