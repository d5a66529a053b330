package io.nodeplane.mockapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.fault.Fault;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The mock over real sockets (seed "Kubernetes E2E Test"). */
@Timeout(60)
final class MockApiIT {
    private MockApi api = MockApi.start(MockApiConfig.loopback());
    private Client client = client(api);

    private static Client client(MockApi api) {
        try {
            return new Client(api);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void restart(MockApiConfig config) {
        close();
        api = MockApi.start(config);
        client = client(api);
    }

    @BeforeEach
    void starts() {
        assertTrue(api.uri().getPort() > 0);
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    @Test
    void aSeedCycleOverHttpIsCounted() throws Exception {
        var registered = client.send(api.uri(), "POST", "/v1/register", Samples.REGISTER);
        var id = Json.known(registered.body()).get("node_id").asText();
        var path = "/v1/nodes/" + id;

        assertEquals(
                "application/json",
                registered.headers().firstValue("content-type").orElse(""));
        assertEquals(
                200,
                client.send(api.uri(), "POST", path + "/heartbeat", Samples.HEARTBEAT)
                        .statusCode());
        assertEquals(200, client.get(api.uri(), path + "/state").statusCode());
        assertEquals(
                204,
                client.send(api.uri(), "PUT", path + "/capabilities", Samples.CAPABILITIES)
                        .statusCode());
        assertEquals(
                204,
                client.send(api.uri(), "POST", path + "/drift", Samples.DRIFT).statusCode());
        assertEquals(
                204,
                client.sendGzip(api.uri(), path + "/metrics", Samples.METRICS).statusCode());

        var counters = Json.known(client.get(api.uri(), "/test/assertions").body());
        for (var name : List.of("registration", "heartbeat", "state", "capabilities", "drift", "metrics")) {
            assertEquals(1, counters.get(name + "_count").asInt(), name);
        }
        assertEquals(
                Samples.METRICS,
                client.get(api.uri(), "/test/last-request/metrics").body());
        assertEquals(1, api.records("metrics", "cpu_usage_percent").matching().size());
        assertEquals("worker-1", api.nodes().getFirst().hostname());
    }

    @Test
    void aBodyThatIsNoGzipIsRefused() throws Exception {
        var answer = client.send(api.uri(), "POST", "/v1/nodes/n/logs", "[]", "Content-Encoding", "gzip");

        assertEquals(400, answer.statusCode());
        assertEquals("{\"error\":\"invalid request body\"}", answer.body());
    }

    @Test
    void anEncodedSlashStaysInTheKey() throws Exception {
        var answer = client.get(api.uri(), "/v1/nodes/n/secrets/certs%2Fca");

        assertEquals("certs/ca", Json.known(answer.body()).get("key").asText());
    }

    @Test
    void localEndpointsAreOnTlsOnly() throws Exception {
        String[] bearer = {"Authorization", "Bearer e2e-local-bearer-token"};

        assertEquals(
                404,
                client.send(api.uri(), "POST", "/local/audit", "[]", bearer).statusCode());
        assertEquals(
                401, client.send(api.tlsUri(), "POST", "/local/audit", "[]").statusCode());
        assertEquals(
                204,
                client.send(api.tlsUri(), "POST", "/local/audit", Samples.AUDIT, bearer)
                        .statusCode());
        assertEquals(1, api.count("local_audit"));
        assertEquals(
                Samples.AUDIT,
                client.get(api.tlsUri(), "/test/last-request/local_audit").body());
        assertEquals(
                1,
                Json.known(client.get(api.tlsUri(), "/test/assertions").body())
                        .get("local_audit_count")
                        .asInt());
    }

    @Test
    void theCertificateNamesLocalhostAndTheService() throws Exception {
        var localhost = URI.create("https://localhost:" + api.tlsUri().getPort());
        var names = String.valueOf(api.certificate().getSubjectAlternativeNames());

        assertEquals(200, client.get(localhost, "/v1/ping").statusCode());
        for (var name : List.of("mock-api", "localhost", "mock-api.plexd-e2e", "mock-api.plexd-e2e.svc", "127.0.0.1")) {
            assertTrue(names.contains(name), names);
        }
        assertEquals("EC", api.certificate().getPublicKey().getAlgorithm());
    }

    @Test
    void aRotatedSigningKeyStandsInTheStateWithTheOneBefore() {
        var before =
                Json.known(api.state()).path("signing_keys").path("current").asText();

        api.rotateSigningKey(Duration.ofMinutes(5));

        var keys = Json.known(api.state()).path("signing_keys");
        assertEquals(before, keys.path("previous").asText());
        assertNotEquals(before, keys.path("current").asText());
        assertTrue(keys.has("transition_expires"), keys.toString());
    }

    @Test
    void aCutBeforeTheRouteLosesTheRequest() {
        api.fault(Fault.on("POST /v1/register").cut(Fault.Cut.BEFORE));

        assertThrows(IOException.class, () -> client.send(api.uri(), "POST", "/v1/register", Samples.REGISTER));
        assertEquals(0, api.count("registration"));
    }

    @Test
    void aCutInOrAfterTheAnswerLosesTheAnswerOnly() {
        api.fault(
                Fault.on("GET /v1/nodes/*/state").cut(Fault.Cut.HALF),
                Fault.on("PUT /v1/nodes/*/capabilities").cut(Fault.Cut.AFTER));

        assertThrows(IOException.class, () -> client.get(api.uri(), "/v1/nodes/n/state"));
        assertThrows(
                IOException.class,
                () -> client.send(api.uri(), "PUT", "/v1/nodes/n/capabilities", Samples.CAPABILITIES));
        assertTrue(api.count("state") >= 1);
        assertTrue(api.count("capabilities") >= 1);
    }

    @Test
    void faultsHitTheLocalEndpointsOverTls() throws Exception {
        api.fault(
                Fault.on("POST /local/*").status(503).header("Retry-After", "1").times(1));
        String[] bearer = {"Authorization", "Bearer e2e-local-bearer-token"};

        var refused = client.send(api.tlsUri(), "POST", "/local/logs", "[]", bearer);

        assertEquals(503, refused.statusCode());
        assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
        assertEquals(
                204,
                client.send(api.tlsUri(), "POST", "/local/logs", "[]", bearer).statusCode());
    }

    @Test
    void anAnswerMayBeHugeLateOrTruncated() throws Exception {
        api.fault(
                Fault.on("GET /v1/nodes/a/state").bodySize(20 << 20),
                Fault.on("GET /v1/nodes/b/state").truncate(10),
                Fault.on("GET /v1/nodes/c/state").delay(Duration.ofMillis(200)));

        assertEquals(20 << 20, client.get(api.uri(), "/v1/nodes/a/state").body().length());
        assertEquals(10, client.get(api.uri(), "/v1/nodes/b/state").body().length());
        long start = System.nanoTime();
        assertEquals(200, client.get(api.uri(), "/v1/nodes/c/state").statusCode());
        assertTrue(System.nanoTime() - start >= 200_000_000L);
    }

    @Test
    void thePageComesWithHeadersThatLetNothingForeignIn() throws Exception {
        api.fault(Fault.on("*").status(503));

        for (var path : List.of("/", "/page/page.js", "/page/page.css", "/page/icon.svg")) {
            var answer = client.get(api.uri(), path);

            assertEquals(200, answer.statusCode(), path);
            var policy = answer.headers().firstValue("content-security-policy").orElse("");
            assertTrue(policy.startsWith("default-src 'self';"), policy);
            assertEquals(
                    "nosniff",
                    answer.headers().firstValue("x-content-type-options").orElse(""));
        }
        var page = client.get(api.uri(), "/");
        assertEquals(
                "text/html; charset=utf-8",
                page.headers().firstValue("content-type").orElse(""));
        assertTrue(!page.body().contains("http://") && !page.body().contains("https://"), "no foreign address");
        assertEquals(404, client.get(api.uri(), "/page/../pom.xml").statusCode());
        var overview = client.get(api.tlsUri(), "/test/overview?since=");
        assertEquals("no-store", overview.headers().firstValue("cache-control").orElse(""));
        assertEquals(0, Json.known(overview.body()).at("/nodes/total").asInt());
    }

    @Test
    void anOutageCutsTheContractAndNothingElse() throws Exception {
        api.outage(Duration.ofMinutes(2));

        assertThrows(IOException.class, () -> client.get(api.uri(), "/v1/nodes/n/state"));
        assertEquals(200, client.get(api.uri(), "/v1/ping").statusCode());
        assertEquals(200, client.get(api.uri(), "/test/assertions").statusCode());

        assertEquals(204, client.send(api.uri(), "DELETE", "/test/outage", "").statusCode());
        assertEquals(200, client.get(api.uri(), "/v1/nodes/n/state").statusCode());
    }

    @Test
    void strictModeNamesWhatIsWrong() throws Exception {
        restart(MockApiConfig.loopback().mode(Mode.STRICT));

        var answer = client.send(api.uri(), "POST", "/v1/register", "{\"hostname\":1}");

        assertEquals(400, answer.statusCode());
        assertEquals(
                "{\"error\":\"invalid request body: token: required; public_key: required; "
                        + "hostname: expected a string\"}",
                answer.body());
        assertEquals(400, api.refusals().getFirst().status());
    }

    @Test
    void awaitReturnsWithTheCountAndFailsWithAllCounters() throws Exception {
        var sender = Thread.ofVirtual().name("sender").start(() -> {
            try {
                client.send(api.uri(), "POST", "/v1/nodes/n/drift", Samples.DRIFT);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        api.await("drift", 1, Duration.ofSeconds(20));
        sender.join();

        var missed = assertThrows(AssertionError.class, () -> api.await("drift", 2, Duration.ofMillis(1)));
        assertTrue(String.valueOf(missed.getMessage()).contains("drift_count=1"), missed.getMessage());
    }

    @Test
    void aRestartedMockListensOnTheSamePortAgain() throws Exception {
        var address = api.address();
        assertEquals(200, client.get(api.uri(), "/v1/ping").statusCode());

        restart(MockApiConfig.loopback().http(address));

        assertEquals(address.getPort(), api.uri().getPort());
        assertEquals(200, client.get(api.uri(), "/v1/ping").statusCode());
    }

    @Test
    void anAddressInUseIsAClearError() {
        var taken = MockApiConfig.loopback().http(api.address());

        var thrown = assertThrows(
                UncheckedIOException.class, () -> MockApi.start(taken).close());

        assertTrue(String.valueOf(thrown.getMessage())
                .contains(String.valueOf(api.address().getPort())));
        assertNotEquals(0, api.address().getPort());
    }

    @Test
    void manyCallsOnAKeptConnectionAreQuick() throws Exception {
        assertEquals(200, client.get(api.uri(), "/v1/nodes/n/state").statusCode());
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertEquals(
                    200,
                    client.send(api.uri(), "POST", "/v1/nodes/n/heartbeat", "{}")
                            .statusCode());
        }

        // A delayed ACK of 40 ms on each call would make two seconds.
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 1_900, "delayed ACK");
    }
}
