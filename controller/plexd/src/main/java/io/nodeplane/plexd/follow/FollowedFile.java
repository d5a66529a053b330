package io.nodeplane.plexd.follow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One path whose file grows, is emptied, or is renamed and made anew. Used by one thread at a time.
 *
 * <p>Only whole lines are given out: a half line waits for its end. A file that was renamed is read to its end before its
 * successor begins; what stands behind its last line break is then a line too. The first time a path is seen, reading begins
 * behind its last whole line, so that history is not shipped; a file that appears later is read from its beginning. Of a file
 * that is copied and emptied (copytruncate), what was not read before is lost, as for every reader; what is written to it
 * afterwards is not, though it is emptied and grows in the middle of a round: at each read, what was read last is compared.
 *
 * <p>A round: {@link #begin}, {@link #next} until null, {@link #accepted} as records become safe, {@link #advance} and again
 * while it says so, {@link #save}.
 */
public final class FollowedFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedFile.class);

    private final Path path;
    private final Positions positions;
    private final byte[] buffer;
    private @Nullable OpenFile current;
    private boolean fromBeginning;
    private boolean complete;
    /** What lines were accepted up to; a round begins there. */
    private Tail safe = Tail.NONE;
    /** The last bytes that were read from {@link #current}. */
    private Tail seen = Tail.NONE;

    private @Nullable FilePosition saved;

    private long bufferOffset;
    private int cursor;
    private int filled;

    /**
     * A file not yet opened.
     *
     * @param buffer lines up to this size are given whole; may be shared by files that are read in turn
     * @param history whether a file without a position is read from its beginning
     */
    public FollowedFile(Path path, Positions positions, byte[] buffer, boolean history) {
        this.path = path;
        this.positions = positions;
        this.buffer = buffer;
        this.fromBeginning = history;
    }

    /**
     * What tells a file from others whatever its name: device and inode.
     *
     * @throws NoSuchFileException when there is none
     */
    public static String identity(Path path) throws IOException {
        return OpenFile.keyOf(path);
    }

    /** What is followed. */
    public Path path() {
        return path;
    }

    /**
     * Begins a round.
     *
     * @throws NoSuchFileException when the path does not exist
     * @throws IOException when it cannot be opened or read
     */
    public void begin() throws IOException {
        if (current == null) {
            openFirst();
        }
        seen = safe;
        if (file().stillHolds(seen)) {
            seek(safe.end());
        } else {
            restart();
        }
    }

    private void restart() {
        LOG.atWarn()
                .addKeyValue("file", path)
                .addKeyValue("offset", seen.end())
                .log("file was emptied or replaced, read from its beginning");
        safe = Tail.NONE;
        seen = Tail.NONE;
        seek(0);
    }

    private OpenFile file() throws IOException {
        if (current == null) {
            throw new IOException(path + " is not open");
        }
        return current;
    }

    private void openFirst() throws IOException {
        var known = Optional.ofNullable(saved).or(() -> positions.load(path.toString()));
        OpenFile file;
        try {
            file = OpenFile.open(path);
        } catch (NoSuchFileException absent) {
            fromBeginning = true;
            throw absent;
        }
        if (known.isEmpty()) {
            follow(file, file.tail(fromBeginning ? 0 : endOfLastLine(file)));
            return;
        }
        var position = known.get();
        saved = position;
        var kept = Tail.kept(position.offset(), position.tail());
        if (file.key().equals(position.file())) {
            follow(file, kept);
            return;
        }
        var renamed = Siblings.find(path, position.file());
        if (renamed.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("file", path)
                    .log("file was rotated away while nobody read it, read on in its successor");
            follow(file, Tail.NONE);
            return;
        }
        file.close();
        follow(OpenFile.open(renamed.get()), kept);
    }

    private void follow(OpenFile file, Tail from) {
        current = file;
        complete = false;
        safe = from;
        seen = from;
    }

    private long endOfLastLine(OpenFile file) throws IOException {
        var end = file.channel().size();
        while (end > 0) {
            var from = Math.max(0, end - buffer.length);
            var read = file.read(buffer, 0, (int) (end - from), from);
            for (var i = read - 1; i >= 0; i--) {
                if (buffer[i] == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return 0;
    }

    private void seek(long offset) {
        bufferOffset = offset;
        cursor = 0;
        filled = 0;
    }

    /** The next whole line, or null at the end of what is there. Empty lines are given too. */
    public @Nullable Line next() throws IOException {
        var search = cursor;
        while (true) {
            for (var i = search; i < filled; i++) {
                if (buffer[i] == '\n') {
                    return take(i);
                }
            }
            search = filled - cursor;
            compact();
            if (filled == buffer.length) {
                return longLine();
            }
            var read = read(buffer, filled, buffer.length - filled, bufferOffset + filled);
            if (read <= 0) {
                return lastLine();
            }
            filled += read;
        }
    }

    /** Reads, and goes back to the beginning (-1) when these are bytes of a file that was emptied and has grown. */
    private int read(byte[] into, int from, int length, long offset) throws IOException {
        var read = file().read(into, from, length, offset);
        if (read <= 0) {
            return read;
        }
        // Looked at after the read; that the same bytes are still there shows that they came after the emptying.
        if (!file().stillHolds(seen) && file().stillHolds(into, from, read, offset)) {
            restart();
            return -1;
        }
        seen = Tail.of(into, from + read, offset + read);
        return read;
    }

    private Line take(int end) {
        var line = new Line(buffer, cursor, end - cursor, bufferOffset + cursor, end - cursor);
        cursor = end + 1;
        return line;
    }

    private void compact() {
        System.arraycopy(buffer, cursor, buffer, 0, filled - cursor);
        bufferOffset += cursor;
        filled -= cursor;
        cursor = 0;
    }

    private @Nullable Line lastLine() {
        if (!complete || filled == cursor) {
            return null;
        }
        var line = new Line(buffer, cursor, filled - cursor, bufferOffset + cursor, filled - cursor);
        cursor = filled;
        return line;
    }

    /** The buffer is full and holds no line break: finds the line's end in the file without keeping what lies between. */
    private @Nullable Line longLine() throws IOException {
        var start = bufferOffset;
        var window = new byte[1 << 16];
        var at = start + filled;
        while (true) {
            var read = read(window, 0, window.length, at);
            if (read <= 0) {
                return complete && filled > 0 ? giveLong(start, at, 0) : null;
            }
            for (var i = 0; i < read; i++) {
                if (window[i] == '\n') {
                    return giveLong(start, at + i, 1);
                }
            }
            at += read;
        }
    }

    private Line giveLong(long start, long end, int lineBreak) {
        var line = new Line(buffer, 0, filled, start, end - start);
        bufferOffset = end + lineBreak - filled;
        cursor = filled;
        return line;
    }

    /** All bytes of a line that is longer than the buffer; read it before the next line. */
    public InputStream stream(Line line) throws IOException {
        return new Bounded(file().stream(line.offset()), line.total());
    }

    /** All lines given out so far are safe: a rewind or restart does not go behind them. */
    public void accepted() throws IOException {
        var offset = bufferOffset + cursor;
        if (offset == safe.end()) {
            return;
        }
        var tail = file().tail(offset);
        // Looked at last: it could be the tail of a file that was emptied and has grown. Then the next read begins
        // anew.
        if (file().stillHolds(seen)) {
            safe = tail;
        }
    }

    /**
     * Goes on to the successor when the file was renamed and is read to its end.
     *
     * @return whether there is more to read in this round; all lines given out must have been accepted before
     */
    public boolean advance() throws IOException {
        var file = file();
        if (complete) {
            // Emptied, written again and renamed behind our last read: there is more before the successor.
            if (!file.stillHolds(seen)) {
                restart();
            }
            if (file.channel().size() > bufferOffset + cursor) {
                return true;
            }
            var successor = Siblings.openSuccessor(path, file.key());
            file.close();
            follow(successor, Tail.NONE);
            seek(0);
            return true;
        }
        if (!wasRenamed(file)) {
            return false;
        }
        // Read once more: the writer may have written between our last read and the rename.
        complete = true;
        seek(safe.end());
        return true;
    }

    private boolean wasRenamed(OpenFile file) throws IOException {
        try {
            return !OpenFile.keyOf(path).equals(file.key());
        } catch (NoSuchFileException notYetMadeAnew) {
            return false;
        }
    }

    /** Stores how far lines were accepted, if that has changed. */
    public void save() throws IOException {
        var position = new FilePosition(file().key(), safe.end(), safe.checksum());
        if (!position.equals(saved)) {
            positions.save(path.toString(), position);
            saved = position;
        }
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
