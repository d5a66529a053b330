package io.nodeplane.plexd.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The event stream's connection over real sockets. */
@Timeout(60)
class HttpStreamClientIT {
    private static final List<String> EVENTS = List.of("v1", "nodes", "n-1", "events");
    private static final ApiRequest.Credential BEARER = new ApiRequest.Credential.Bearer("s3cret");

    @Test
    void asksForEventsAndResumesWhereItWas() throws Exception {
        try (var server = streaming("data: 1\n\n");
                var client = client(server, Duration.ofSeconds(5));
                var stream = client.open(EVENTS, Optional.of("evt-7"), BEARER)) {
            assertEquals("data: 1\n\n", new String(stream.readNBytes(9), UTF_8));

            var seen = server.last();
            assertEquals("text/event-stream", seen.header("Accept"));
            assertEquals("no-cache", seen.header("Cache-Control"));
            assertEquals("evt-7", seen.header("Last-Event-ID"));
            assertEquals("Bearer s3cret", seen.header("Authorization"));
            assertEquals("", seen.header("Accept-Encoding"));
        }
    }

    @Test
    void leavesOutAnIdThatNoHeaderCanCarry() throws Exception {
        try (var server = streaming("x");
                var client = client(server, Duration.ofSeconds(5));
                var stream = client.open(EVENTS, Optional.of("naïve\u2028"), BEARER)) {
            assertEquals('x', stream.read());
            assertEquals("", server.last().header("Last-Event-ID"));
        }
    }

    @Test
    void outlivesTheRequestTimeoutButNotSilence() throws Exception {
        // Wide apart, because a busy machine answers late.
        try (var server = dripping(6, Duration.ofMillis(400));
                var client = client(server, Duration.ofSeconds(2), Duration.ofSeconds(3));
                var stream = client.open(EVENTS, Optional.empty(), BEARER)) {
            assertEquals("......", new String(stream.readNBytes(6), UTF_8), "2.4 s of life under a 2 s limit");

            var silence = assertThrows(IOException.class, stream::read);
            assertTrue(silence.toString().contains("no byte for PT3S"), silence.toString());
        }
    }

    @Test
    void endsABlockedReadWhenClosedFromOutside() throws Exception {
        try (var server = dripping(1, Duration.ZERO);
                var client = client(server, Duration.ofSeconds(30))) {
            var stream = client.open(EVENTS, Optional.empty(), BEARER);
            assertEquals('.', stream.read());
            var reader = Thread.ofVirtual().start(() -> readToTheEnd(stream));

            stream.close();

            assertTrue(reader.join(Duration.ofSeconds(10)), "the reader came back");
        }
    }

    @Test
    void refusesAnAnswerThatIsNoEventStream() throws Exception {
        try (var server = CannedServer.start(
                        CannedServer.fixed(200, Map.of("Content-Type", "text/html"), "<p>".getBytes(UTF_8)));
                var client = client(server, Duration.ofSeconds(5))) {
            var refused =
                    assertThrows(ApiException.Malformed.class, () -> client.open(EVENTS, Optional.empty(), BEARER));

            assertTrue(refused.toString().contains("text/html"), refused.toString());
        }
    }

    @Test
    void classifiesARefusal() throws Exception {
        try (var server = CannedServer.start(
                        CannedServer.fixed(429, Map.of("Retry-After", "9"), "slow down".getBytes(UTF_8)));
                var client = client(server, Duration.ofSeconds(5))) {
            var limited =
                    assertThrows(ApiException.RateLimited.class, () -> client.open(EVENTS, Optional.empty(), BEARER));

            assertEquals(Optional.of(Duration.ofSeconds(9)), limited.retryAfter());
            assertEquals("GET /v1/nodes/n-1/events: status 429: slow down", limited.getMessage());
        }
    }

    private static void readToTheEnd(java.io.InputStream stream) {
        try {
            stream.readAllBytes();
        } catch (IOException closed) {
            // Closing from outside may show as an end or as a failure; both end the read.
            return;
        }
    }

    private static CannedServer streaming(String text) throws IOException {
        return CannedServer.start(
                CannedServer.fixed(200, Map.of("Content-Type", "text/event-stream"), text.getBytes(UTF_8)));
    }

    private static CannedServer dripping(int dots, Duration pause) throws IOException {
        var never = new CountDownLatch(1);
        return CannedServer.start(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try {
                for (var dot = 0; dot < dots; dot++) {
                    Thread.sleep(pause);
                    exchange.getResponseBody().write('.');
                    exchange.getResponseBody().flush();
                }
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static HttpStreamClient client(CannedServer server, Duration idle) {
        return client(server, Duration.ofSeconds(5), idle);
    }

    private static HttpStreamClient client(CannedServer server, Duration request, Duration idle) {
        var config = new ApiConfig(server.config().baseUrl(), false, Duration.ofSeconds(5), request, idle);
        return new HttpStreamClient(config, "0.1.0", Clock.systemUTC(), new HttpMetrics(new PrometheusRegistry()));
    }
}
