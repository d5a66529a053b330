package io.nodeplane.plexd.hostile;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fuzz target: any bytes as event stream come to the same in one piece and byte by byte, and no forged event does anything. */
public final class StreamTarget {
    private StreamTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var whole = come(new ByteArrayInputStream(data));
        var pieces = come(new BytewiseStream(new ByteArrayInputStream(data)));
        if (!whole.equals(pieces)) {
            throw new IllegalStateException("in one piece " + whole + ", byte by byte " + pieces);
        }
    }

    private static String come(InputStream stream) {
        var listening = new Listening();
        listening.brings(stream);
        listening.brings(InputStream.nullInputStream());
        listening.run();
        var results = listening.results();
        if (!results.containsKey("accepted") && (!listening.deeds().isEmpty() || movedBy(listening))) {
            throw new IllegalStateException(
                    "unbelieved events did " + listening.deeds() + ", moved to " + listening.cursor());
        }
        return results + " " + listening.deeds() + " " + listening.cursor();
    }

    private static boolean movedBy(Listening listening) {
        return !listening.cursor().equals("none")
                && !listening.results().containsKey("stale")
                && !listening.results().containsKey("replayed");
    }

    /** Gives one byte at each read. */
    private static final class BytewiseStream extends FilterInputStream {
        BytewiseStream(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return super.read(into, from, Math.min(1, length));
        }
    }
}
