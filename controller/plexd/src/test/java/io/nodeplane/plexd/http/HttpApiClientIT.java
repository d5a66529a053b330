package io.nodeplane.plexd.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every client rule of the protocol facts, section 3.1, over real sockets. */
@Timeout(60)
class HttpApiClientIT {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-02-20T12:00:00Z"), ZoneOffset.UTC);
    private static final String SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final int LARGEST = Answer.MAX_BODY;

    @Test
    void sendsTheAgreedHeadersAndTheBearer() throws Exception {
        try (var server = CannedServer.start(CannedServer.fixed(200, Map.of(), "{}".getBytes(UTF_8)));
                var client = client(server.config())) {
            client.send(post("{\"a\":1}"));

            var seen = server.last();
            assertEquals("POST", seen.method());
            assertEquals("plexd/0.1.0", seen.header("User-Agent"));
            assertEquals("application/json", seen.header("Accept"));
            assertEquals("gzip", seen.header("Accept-Encoding"));
            assertEquals("application/json", seen.header("Content-Type"));
            assertEquals("Bearer " + SECRET, seen.header("Authorization"));
            assertEquals("", seen.header("Content-Encoding"));
            assertEquals("", seen.header("Upgrade"), "HTTP/1.1 only");
            assertArrayEquals("{\"a\":1}".getBytes(UTF_8), seen.body());
        }
    }

    @Test
    void sendsNeitherContentTypeNorBearerWithoutBodyAndCredential() throws Exception {
        try (var server = CannedServer.start(CannedServer.fixed(200, Map.of(), "{}".getBytes(UTF_8)));
                var client = client(server.config())) {
            client.send(
                    new ApiRequest("GET", List.of("v1", "ping"), Optional.empty(), new ApiRequest.Credential.None()));

            assertEquals("", server.last().header("Content-Type"));
            assertEquals("", server.last().header("Authorization"));
        }
    }

    @Test
    void encodesASlashInsideASegment() throws Exception {
        try (var server = CannedServer.start(CannedServer.fixed(200, Map.of(), "{}".getBytes(UTF_8)));
                var client = client(server.config())) {
            client.send(get("v1", "nodes", "n-1", "secrets", "app/config"));

            assertEquals("/v1/nodes/n-1/secrets/app%2Fconfig", server.last().path());
        }
    }

    @ParameterizedTest(name = "a body of {0} bytes is compressed: {1}")
    @CsvSource({"1024, false", "1025, true"})
    void compressesBodiesAbove1024Bytes(int size, boolean compressed) throws Exception {
        var body = "[" + " ".repeat(size - 2) + "]";
        try (var server = CannedServer.start(CannedServer.fixed(204, Map.of(), new byte[0]));
                var client = client(server.config())) {
            client.send(post(body));

            var seen = server.last();
            assertEquals(compressed ? "gzip" : "", seen.header("Content-Encoding"));
            var plain = compressed
                    ? new GZIPInputStream(new ByteArrayInputStream(seen.body())).readAllBytes()
                    : seen.body();
            assertEquals(body, new String(plain, UTF_8));
        }
    }

    @Test
    void expandsACompressedAnswer() throws Exception {
        var gzip = Map.of("Content-Encoding", "gzip");
        try (var server =
                        CannedServer.start(CannedServer.fixed(200, gzip, Gzip.compress("{\"b\":2}".getBytes(UTF_8))));
                var client = client(server.config())) {
            assertEquals("{\"b\":2}", new String(client.send(get("v1", "ping")), UTF_8));
        }
    }

    @Test
    void takesAnAnswerOfExactlyTheLimit() throws Exception {
        try (var server = CannedServer.start(CannedServer.fixed(200, Map.of(), new byte[LARGEST]));
                var client = client(server.config())) {
            assertEquals(LARGEST, client.send(get("v1", "ping")).length);
        }
    }

    @ParameterizedTest(name = "announced in advance: {0}")
    @ValueSource(booleans = {true, false})
    void refusesAnAnswerOfTwiceTheLimit(boolean announced) throws Exception {
        try (var server = CannedServer.start(exchange -> {
                    exchange.sendResponseHeaders(200, announced ? 2L * LARGEST : 0);
                    exchange.getResponseBody().write(new byte[2 * LARGEST]);
                });
                var client = client(server.config())) {
            var refused = assertThrows(ApiException.Malformed.class, () -> client.send(get("v1", "ping")));

            assertTrue(refused.toString().contains("longer than 4194304 bytes"), refused.toString());
        }
    }

    @Test
    void refusesAGzipBomb() throws Exception {
        var bomb = Gzip.compress(new byte[25 * LARGEST]);
        assertTrue(bomb.length < 200_000, "the bomb is small on the wire");
        try (var server = CannedServer.start(CannedServer.fixed(200, Map.of("Content-Encoding", "gzip"), bomb));
                var client = client(server.config())) {
            assertThrows(ApiException.Malformed.class, () -> client.send(get("v1", "ping")));
        }
    }

    @ParameterizedTest(name = "gzip cut to {0} bytes")
    @ValueSource(ints = {1, 12, 20})
    void refusesBrokenGzip(int kept) throws Exception {
        var whole = Gzip.compress("{\"node_id\":\"n-1\"}".getBytes(UTF_8));
        var cut = java.util.Arrays.copyOf(whole, kept);
        try (var server = CannedServer.start(CannedServer.fixed(200, Map.of("Content-Encoding", "gzip"), cut));
                var client = client(server.config())) {
            assertThrows(ApiException.Malformed.class, () -> client.send(get("v1", "ping")));
        }
    }

    @ParameterizedTest(name = "{0} is {1}, retryable {2}")
    @CsvSource({
        "400, rejected,     false",
        "401, unauthorized, false",
        "403, rejected,     false",
        "404, rejected,     false",
        "409, rejected,     false",
        "413, rejected,     false",
        "422, rejected,     false",
        "429, rate_limited, true",
        "500, server_fault, true",
        "503, server_fault, true"
    })
    void classifiesTheStatus(int status, String kind, boolean retryable) throws Exception {
        var body = "{\"error\":\"no\"}".getBytes(UTF_8);
        try (var server = CannedServer.start(CannedServer.fixed(status, Map.of(), body));
                var client = client(server.config())) {
            var failure = assertThrows(ApiException.class, () -> client.send(post("{}")));

            assertEquals(kind, failure.kind());
            assertEquals(retryable, failure.retryable());
            assertEquals("POST /v1/nodes/n-1/x: status " + status + ": {\"error\":\"no\"}", failure.getMessage());
        }
    }

    @ParameterizedTest(name = "Retry-After {0} pauses for {1}")
    @CsvSource(
            delimiter = '|',
            value = {"17 | PT17S", "Fri, 20 Feb 2026 12:01:00 GMT | PT1M"})
    void readsBothFormsOfRetryAfter(String header, Duration pause) throws Exception {
        try (var server = CannedServer.start(CannedServer.fixed(429, Map.of("Retry-After", header), new byte[0]));
                var client = client(server.config())) {
            var limited = assertThrows(ApiException.RateLimited.class, () -> client.send(post("{}")));

            assertEquals(Optional.of(pause), limited.retryAfter());
        }
    }

    @Test
    void readsOnlyTheStartOfAnErrorAndShowsItOnOneLine() throws Exception {
        var body = ("line one\r\n\u001b[31mline\ttwo " + "x".repeat(3 * LARGEST)).getBytes(UTF_8);
        try (var server = CannedServer.start(CannedServer.fixed(500, Map.of(), body));
                var client = client(server.config())) {
            var fault = assertThrows(ApiException.ServerFault.class, () -> client.send(post("{}")));

            var message = String.valueOf(fault.getMessage());
            assertTrue(message.startsWith("POST /v1/nodes/n-1/x: status 500: line one [31mline two xxx"), message);
            assertTrue(message.length() < 300, message);
        }
    }

    @Test
    void masksACredentialThatTheServerEchoes() throws Exception {
        var body = ("bad bearer " + SECRET).getBytes(UTF_8);
        try (var server = CannedServer.start(CannedServer.fixed(401, Map.of(), body));
                var client = client(server.config())) {
            var refused = assertThrows(ApiException.Unauthorized.class, () -> client.send(post("{}")));

            assertFalse(refused.toString().contains(SECRET));
            assertTrue(refused.toString().contains("[masked]"));
        }
    }

    @ParameterizedTest(name = "status {0}")
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void neverFollowsARedirect(int status) throws Exception {
        try (var other = CannedServer.start(CannedServer.fixed(200, Map.of(), "{}".getBytes(UTF_8)));
                var server = CannedServer.start(CannedServer.fixed(
                        status, Map.of("Location", other.config().baseUrl() + "/v1/ping"), new byte[0]));
                var client = client(server.config())) {
            var refused = assertThrows(ApiException.Rejected.class, () -> client.send(get("v1", "ping")));

            assertEquals(status, refused.status());
            assertTrue(refused.toString().contains("redirects are not followed"), refused.toString());
            assertTrue(other.seen().isEmpty(), "no secret went to another host");
        }
    }

    @Test
    void tellsThatNobodyListens() throws Exception {
        URI free;
        try (var probe = new ServerSocket(0)) {
            free = URI.create("http://127.0.0.1:" + probe.getLocalPort());
        }
        try (var client = client(config(free, Duration.ofSeconds(5)))) {
            var away = assertThrows(ApiException.Unreachable.class, () -> client.send(get("v1", "ping")));

            assertTrue(away.toString().contains("connection refused"), away.toString());
        }
    }

    @Test
    void limitsTheWholeRequestEvenWhenTheBodyStalls() throws Exception {
        var finish = new CountDownLatch(1);
        try (var server = CannedServer.start(exchange -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    awaitQuietly(finish);
                });
                var client = client(config(server.config().baseUrl(), Duration.ofMillis(300)))) {
            assertThrows(ApiException.Unreachable.class, () -> client.send(get("v1", "ping")));
            finish.countDown();
        }
    }

    @Test
    void countsACutConnectionAsUnreachable() throws Exception {
        try (var socket = new ServerSocket(0, 50, CannedServer.loopback().getAddress());
                var client = client(
                        config(URI.create("http://localhost:" + socket.getLocalPort()), Duration.ofSeconds(5)))) {
            Thread.ofVirtual().start(() -> answerHalf(socket));

            assertThrows(ApiException.Unreachable.class, () -> client.send(post("{}")));
        }
    }

    @Test
    void endsAWaitWhenTheCallerIsStopped() throws Exception {
        var arrived = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        try (var server = CannedServer.start(exchange -> {
                    arrived.countDown();
                    awaitQuietly(finish);
                });
                var client = client(server.config())) {
            var outcome = new java.util.concurrent.CompletableFuture<Throwable>();
            var caller = Thread.ofVirtual().start(() -> {
                try {
                    client.send(get("v1", "ping"));
                } catch (IOException | InterruptedException end) {
                    outcome.complete(end);
                }
            });
            arrived.await();
            caller.interrupt();

            assertInstanceOf(InterruptedException.class, outcome.get());
            finish.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answerHalf(ServerSocket socket) {
        try (var connection = socket.accept()) {
            connection.getInputStream().read();
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"no".getBytes(UTF_8));
        } catch (IOException closed) {
            throw new java.io.UncheckedIOException(closed);
        }
    }

    private static HttpApiClient client(ApiConfig config) {
        return new HttpApiClient(config, "0.1.0", NOON, new HttpMetrics(new PrometheusRegistry()));
    }

    private static ApiConfig config(URI base, Duration requestTimeout) {
        return new ApiConfig(base, false, Duration.ofSeconds(5), requestTimeout, Duration.ofSeconds(20));
    }

    private static ApiRequest get(String... segments) {
        return new ApiRequest("GET", List.of(segments), Optional.empty(), new ApiRequest.Credential.Bearer(SECRET));
    }

    private static ApiRequest post(String json) {
        return new ApiRequest(
                "POST",
                List.of("v1", "nodes", "n-1", "x"),
                Optional.of(new ApiRequest.Body(json.getBytes(UTF_8))),
                new ApiRequest.Credential.Bearer(SECRET));
    }
}
