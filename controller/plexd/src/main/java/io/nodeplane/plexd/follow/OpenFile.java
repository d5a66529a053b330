package io.nodeplane.plexd.follow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** An open file and its identity; the identity stays when the file is renamed. */
record OpenFile(FileChannel channel, String key) implements AutoCloseable {
    private static final int ATTEMPTS = 10;

    static OpenFile open(Path path) throws IOException {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var before = keyOf(path);
            var channel = FileChannel.open(path, StandardOpenOption.READ);
            try {
                // A rename between the two calls would give the file the identity of its successor.
                if (before.equals(keyOf(path))) {
                    return new OpenFile(channel, before);
                }
            } catch (IOException failed) {
                channel.close();
                throw failed;
            }
            channel.close();
        }
        throw new IOException(path + " is replaced faster than it can be opened");
    }

    /** Device and inode. */
    static String keyOf(Path path) throws IOException {
        var attributes = Files.readAttributes(path, "unix:dev,ino");
        return attributes.get("dev") + ":" + attributes.get("ino");
    }

    int read(byte[] into, int from, int length, long offset) throws IOException {
        return channel.read(ByteBuffer.wrap(into, from, length), offset);
    }

    /** What stands before an offset. */
    Tail tail(long offset) throws IOException {
        return tail(offset, Tail.lengthBefore(offset));
    }

    private Tail tail(long end, int length) throws IOException {
        var bytes = bytes(end - length, length);
        return Tail.of(bytes, bytes.length, end);
    }

    /** Fewer than asked for at the end of the file. */
    private byte[] bytes(long offset, int length) throws IOException {
        var bytes = new byte[length];
        var done = 0;
        while (done < length) {
            var read = read(bytes, done, length - done, offset + done);
            if (read < 0) {
                break;
            }
            done += read;
        }
        return Arrays.copyOf(bytes, done);
    }

    /** Whether the bytes that were read are still there: not so once the file was emptied, also when it has grown again. */
    boolean stillHolds(Tail read) throws IOException {
        return channel.size() >= read.end() && tail(read.end(), read.length()).equals(read);
    }

    /** Whether these bytes stand at an offset. */
    boolean stillHolds(byte[] read, int from, int length, long offset) throws IOException {
        var now = bytes(offset, length);
        return Arrays.equals(read, from, from + length, now, 0, now.length);
    }

    InputStream stream(long offset) throws IOException {
        channel.position(offset);
        return Channels.newInputStream(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
