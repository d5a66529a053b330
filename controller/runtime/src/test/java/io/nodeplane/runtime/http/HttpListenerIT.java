package io.nodeplane.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real unix domain socket; TCP is shown by the health listener's test. */
class HttpListenerIT {
    private static final HttpLimits LIMITS =
            new HttpLimits(2, 1024, Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(10));

    @TempDir
    Path directory;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch let = new CountDownLatch(1);
    private final AtomicInteger turnedAway = new AtomicInteger();
    private HttpListener listener;
    private UnixDomainSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        address = UnixDomainSocketAddress.of(directory.resolve("s"));
        var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        listener = new HttpListener("test", socket, new Desk(), LIMITS);
        listener.start();
    }

    @AfterEach
    void stop() {
        let.countDown();
        listener.close();
    }

    private final class Desk implements Site {
        @Override
        public HttpAnswer answer(HttpRequest request) throws RefusedRequest, IOException, InterruptedException {
            return HttpListenerIT.this.answer(request);
        }

        @Override
        public void turnedAway() {
            turnedAway.incrementAndGet();
        }
    }

    private HttpAnswer answer(HttpRequest request) throws RefusedRequest, IOException, InterruptedException {
        return switch (request.head().path()) {
            case "/who" ->
                HttpAnswer.text(200, request.peer().orElseThrow().user().getName());
            case "/echo" -> HttpAnswer.of(200, "text/plain", request.body(100_000));
            case "/slow" -> {
                asked.countDown();
                let.await();
                yield HttpAnswer.text(200, "done");
            }
            case "/unread" -> throw new RefusedRequest(401, "who are you");
            case "/none" -> HttpAnswer.empty();
            default -> throw new IllegalStateException("told by the test");
        };
    }

    @Test
    void knowsWhoIsAtTheOtherEnd() throws IOException {
        assertTrue(ask("GET /who HTTP/1.1\r\n\r\n").endsWith("\r\n\r\n" + System.getProperty("user.name")));
    }

    @Test
    void takesABodyAndInvitesIt() throws IOException {
        var body = "x".repeat(70_000);

        assertTrue(ask("PUT /echo HTTP/1.1\r\nContent-Length: 70000\r\n\r\n" + body)
                .endsWith(body));
        assertTrue(ask("PUT /echo HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx")
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
    }

    @Test
    void answersWithoutHavingReadTheBody() throws IOException {
        var answer = ask("PUT /unread HTTP/1.1\r\nContent-Length: 500000\r\n\r\n" + "x".repeat(500_000));

        assertTrue(answer.startsWith("HTTP/1.1 401 Unauthorized\r\n"), answer);
        assertTrue(answer.endsWith("who are you\n"), answer);
    }

    @Test
    void sendsNoLengthWithoutContent() throws IOException {
        var answer = ask("DELETE /none HTTP/1.1\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 204 No Content\r\n") && !answer.contains("Content-Length"), answer);
    }

    @Test
    void aBugIsFiveHundredWithoutItsWords() throws IOException {
        var answer = ask("GET /bug HTTP/1.1\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        assertFalse(answer.contains("told by the test"), answer);
    }

    @Test
    void cutsAClientThatSendsItsHeaderOrBodyTooSlowly() throws IOException {
        assertEquals("", ask("GET /who HTTP/1.1\r\n"));
        assertEquals("", ask("PUT /echo HTTP/1.1\r\nContent-Length: 5\r\n\r\nab"));
    }

    @Test
    void closesAConnectionTooManyAtOnce() throws Exception {
        try (var first = connect();
                var second = connect()) {
            write(first, "GET /slow HTTP/1.1\r\n\r\n");
            write(second, "GET /slow HTTP/1.1\r\n\r\n");
            asked.await();

            try (var third = connect()) {
                assertEquals(-1, third.read(ByteBuffer.allocate(1)));
            }
            assertEquals(1, turnedAway.get());
        }
    }

    @Test
    void letsARequestEndWhenItStops() throws Exception {
        try (var connection = connect()) {
            write(connection, "GET /slow HTTP/1.1\r\n\r\n");
            asked.await();

            var closing = Thread.ofVirtual().start(() -> listener.close(Duration.ofSeconds(20)));
            let.countDown();
            closing.join();

            assertTrue(read(connection).endsWith("done"));
        }
    }

    @Test
    void cutsARequestThatTakesLongerThanTheGrace() throws Exception {
        try (var connection = connect()) {
            write(connection, "GET /slow HTTP/1.1\r\n\r\n");
            asked.await();

            listener.close(Duration.ofMillis(50));

            assertEquals("", read(connection));
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(address);
    }

    private String ask(String request) throws IOException {
        try (var connection = connect()) {
            write(connection, request);
            return read(connection);
        }
    }

    private static void write(SocketChannel connection, String text) throws IOException {
        Channels.newOutputStream(connection).write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String read(SocketChannel connection) throws IOException {
        return new String(Channels.newInputStream(connection).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
