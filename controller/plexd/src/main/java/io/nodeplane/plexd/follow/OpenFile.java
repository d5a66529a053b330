package io.nodeplane.plexd.follow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/** An open file and its identity; the identity stays when the file is renamed. */
record OpenFile(FileChannel channel, String key) implements AutoCloseable {
    private static final int TAIL_BYTES = 256;
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

    /** Checksum of the bytes before an offset. */
    long tail(long offset) throws IOException {
        var bytes = new byte[(int) Math.min(TAIL_BYTES, offset)];
        var done = 0;
        while (done < bytes.length) {
            var read = read(bytes, done, bytes.length - done, offset - bytes.length + done);
            if (read < 0) {
                break;
            }
            done += read;
        }
        var crc = new CRC32();
        crc.update(bytes, 0, done);
        return crc.getValue();
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
