package io.nodeplane.plexd.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stream that fails when no byte arrives for a while: a peer that vanished without closing would block a read for ever.
 *
 * <p>A virtual thread closes the inner stream from outside, which is the only way to end a blocked read.
 */
final class IdleLimitedStream extends FilterInputStream {
    private final Duration limit;
    private final Thread watch;
    private volatile long lastByteNanos = System.nanoTime();
    private volatile boolean idle;

    IdleLimitedStream(InputStream inner, Duration limit) {
        super(inner);
        this.limit = limit;
        watch = Thread.ofVirtual().name("plexd-stream-idle").unstarted(this::closeWhenIdle);
    }

    void start() {
        watch.start();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count;
        try {
            count = in.read(target, offset, length);
        } catch (IOException broken) {
            throw idle ? silence(broken) : broken;
        }
        if (count < 0 && idle) {
            throw silence(null);
        }
        lastByteNanos = System.nanoTime();
        return count;
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        super.close();
    }

    private IOException silence(@Nullable IOException cause) {
        return new IOException("no byte for " + limit, cause);
    }

    private void closeWhenIdle() {
        try {
            for (var left = left(); left > 0; left = left()) {
                Thread.sleep(Duration.ofNanos(left));
            }
            idle = true;
            in.close();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException alreadyBroken) {
            // The reader meets the same failure and tells it.
            idle = true;
        }
    }

    private long left() {
        return limit.toNanos() - (System.nanoTime() - lastByteNanos);
    }
}
