package io.nodeplane.plexd.pipeline;

import io.nodeplane.runtime.storage.AtomicFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;

/** An open segment at its end; appends are all or nothing. Not thread-safe. */
final class SegmentFile implements AutoCloseable {
    private static final String SUFFIX = ".segment";
    private static final int READ_BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private long size;
    private boolean damaged;

    private SegmentFile(FileChannel channel) {
        this.channel = channel;
    }

    /** The file that begins with a sequence number. */
    static Path path(Path directory, long first) {
        return directory.resolve(HexFormat.of().toHexDigits(first) + SUFFIX);
    }

    /** The first sequence number of a file, if the file is a segment. */
    static Optional<Long> first(Path file) {
        var name = String.valueOf(file.getFileName());
        if (!name.endsWith(SUFFIX) || name.length() != 16 + SUFFIX.length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.fromHexDigitsToLong(name, 0, 16));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /** Makes an empty file, mode 0600, whose name survives a power cut. */
    static SegmentFile create(Path file) throws IOException {
        // A file of this name holds only what was never confirmed: an append that failed and could not be undone.
        Files.deleteIfExists(file);
        var channel = FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            AtomicFile.syncDirectory(file.toAbsolutePath().resolveSibling(""));
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
        return new SegmentFile(channel);
    }

    /** A stream of frames that begins at a byte offset. */
    static DataInputStream open(Path file, long offset) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(offset);
        return new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), READ_BUFFER_BYTES));
    }

    /** Appends and syncs; on failure the file is cut back, so that nothing of it is read later. */
    void append(ByteBuffer bytes) throws IOException {
        try {
            var position = size;
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
            channel.force(false);
            size = position;
        } catch (IOException failed) {
            cutBack();
            throw failed;
        }
    }

    private void cutBack() {
        try {
            channel.truncate(size);
        } catch (IOException alsoFailed) {
            damaged = true;
        }
    }

    /** Bytes that are safely written. */
    long size() {
        return size;
    }

    /** Whether appends can go on. */
    boolean usable() {
        return !damaged && channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // Every append was synced; a failing close loses nothing.
        }
    }
}
