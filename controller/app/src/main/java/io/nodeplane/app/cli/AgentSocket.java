package io.nodeplane.app.cli;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Asks the node API over its unix socket, one request per connection.
 *
 * @param path of the socket
 */
public record AgentSocket(Path path) {
    /** Inside a container this command shares the agent's CPU limit, and the agent may be busy starting. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final int MAX_BYTES = 16 << 20;

    /** What came back. */
    public record Reply(int status, String body) {
        /** The agent did what was asked. */
        public boolean isGood() {
            return status / 100 == 2;
        }
    }

    /** Nobody answers; the message says why and what to do. */
    public static final class Silent extends IOException {
        private static final long serialVersionUID = 1;
        private final boolean absent;

        Silent(String message, boolean absent, Throwable cause) {
            super(message, cause);
            this.absent = absent;
        }

        /** No agent is there, as opposed to one that may not be asked. */
        public boolean isAbsent() {
            return absent;
        }
    }

    /**
     * One request without a body.
     *
     * @param target path and query, for example {@code /v1/state}
     */
    public Reply ask(String method, String target) throws Silent, IOException {
        try (var connection = connect()) {
            var watch = Thread.ofVirtual().name("socket-limit").start(() -> cutLate(connection));
            try {
                write(connection, method + " " + target + " HTTP/1.1\r\nHost: plexd\r\n\r\n");
                var bytes = Channels.newInputStream(connection).readNBytes(MAX_BYTES);
                return reply(new String(bytes, StandardCharsets.UTF_8));
            } finally {
                watch.interrupt();
            }
        }
    }

    private SocketChannel connect() throws Silent {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(path));
        } catch (IOException refused) {
            var there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
            if (there && !Files.isWritable(path)) {
                throw new Silent(
                        "you may not ask the agent on " + path
                                + ": run this as root or as a member of the socket's group",
                        false,
                        refused);
            }
            throw new Silent("no agent answers on " + path + " (" + refused.getMessage() + ")", true, refused);
        }
    }

    private static void cutLate(SocketChannel connection) {
        try {
            Thread.sleep(LIMIT);
            connection.close();
        } catch (InterruptedException answeredInTime) {
            Thread.currentThread().interrupt();
        } catch (IOException goneAnyway) {
            // The reader hears of it.
        }
    }

    private static void write(SocketChannel connection, String text) throws IOException {
        var buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (buffer.hasRemaining()) {
            connection.write(buffer);
        }
    }

    private static Reply reply(String text) throws IOException {
        var end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || end < 0) {
            throw new IOException("the agent ended the connection without an answer");
        }
        return new Reply(Integer.parseInt(text.substring(9, 12)), text.substring(end + 4));
    }
}
