package io.nodeplane.runtime.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerIT {
    private final Readiness readiness = new Readiness();
    private final Readiness.Condition registered = readiness.condition("registration", "registration pending");
    private final HealthServer server = server(0);

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void saysThatTheProcessLives() throws IOException {
        var answer = ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\nok\n"), answer);
        assertTrue(answer.contains("Connection: close\r\n"), answer);
    }

    @Test
    void namesTheFirstUnmetConditionUntilAllAreMet() throws IOException {
        var before = ask("GET /readyz HTTP/1.1\r\n\r\n");
        registered.met();
        var after = ask("GET /readyz?verbose HTTP/1.0\r\n\r\n");

        assertTrue(before.startsWith("HTTP/1.1 503 "), before);
        assertTrue(before.endsWith("\r\n\r\nnot ready: registration pending\n"), before);
        assertTrue(after.endsWith("\r\n\r\nok\n"), after);
    }

    @Test
    void answersHeadWithoutABodyAndOthersWithTheirFault() throws IOException {
        assertTrue(ask("HEAD /healthz HTTP/1.1\r\n\r\n").endsWith("\r\n\r\n"));
        assertTrue(ask("GET /nothing HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 404 "));
        assertTrue(ask("POST /healthz HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 405 "));
        assertTrue(ask("nonsense\r\n\r\n").startsWith("HTTP/1.1 400 "));
        assertTrue(ask("GET /broken HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 500 "));
    }

    @Test
    void refusesAHeaderOverEightKibibytes() throws IOException {
        var answer = ask("GET /healthz HTTP/1.1\r\nX: " + "x".repeat(8 * 1024));

        assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
    }

    @Test
    void closesTheSixtyFifthConnectionAtOnce() throws IOException {
        var open = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 64; i++) {
                open.add(connect());
            }
            try (var extra = connect()) {
                extra.setSoTimeout(5_000);
                assertEquals(-1, extra.getInputStream().read());
            }
        } finally {
            for (var socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void saysWhichAddressIsTaken() {
        var second = server(server.port());

        var told = String.valueOf(
                assertThrows(UncheckedIOException.class, second::start).getMessage());
        assertTrue(told.contains("health.listen") && told.contains(String.valueOf(server.port())), told);
    }

    private HealthServer server(int port) {
        try {
            return new HealthServer(
                    InetSocketAddress.createUnresolved("127.0.0.1", port),
                    Map.of("/healthz", Page.alive(), "/readyz", Page.ready(readiness), "/broken", () -> {
                        throw new IOException("told by the test");
                    }));
        } catch (IOException noSocket) {
            throw new UncheckedIOException(noSocket);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private String ask(String request) throws IOException {
        try (var socket = connect()) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
