package io.nodeplane.plexd.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpInstanceMetadataIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void asksForASessionFirst() throws Exception {
        service.createContext("/latest/api/token", exchange -> {
            var isRight = exchange.getRequestMethod().equals("PUT")
                    && "21600".equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token-ttl-seconds"));
            answer(exchange, isRight ? 200 : 400, "session-1");
        });
        service.createContext("/plexd/bootstrap-token", exchange -> {
            var session = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token");
            answer(exchange, "session-1".equals(session) ? 200 : 401, "sesame\n");
        });

        assertEquals("sesame\n", metadata().read("/plexd/bootstrap-token", LIMIT));
    }

    @Test
    void goesWithoutASessionWhereThereIsNone() throws Exception {
        service.createContext("/latest/api/token", exchange -> answer(exchange, 404, ""));
        service.createContext("/plexd/bootstrap-token", exchange -> {
            var session = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token");
            answer(exchange, session == null ? 200 : 400, "sesame");
        });

        assertEquals("sesame", metadata().read("/plexd/bootstrap-token", LIMIT));
    }

    @Test
    void namesTheStatusWhenThereIsNoToken() {
        var told = assertThrows(IOException.class, () -> metadata().read("/plexd/bootstrap-token", LIMIT));

        assertTrue(told.toString().contains("status 404"), told.toString());
    }

    private HttpInstanceMetadata metadata() {
        return new HttpInstanceMetadata(
                URI.create("http://127.0.0.1:" + service.getAddress().getPort()));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
