package io.nodeplane.plexd.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.WireContract;
import io.nodeplane.plexd.audit.AuditRecord;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.dataplane.DataPlaneStatus;
import io.nodeplane.plexd.heartbeat.Heartbeat;
import io.nodeplane.plexd.http.ApiConfig;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.HttpApiClient;
import io.nodeplane.plexd.http.HttpMetrics;
import io.nodeplane.plexd.http.HttpStreamClient;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.integrity.Violation;
import io.nodeplane.plexd.logs.LogRecord;
import io.nodeplane.plexd.logs.Severity;
import io.nodeplane.plexd.metrics.MetricRecord;
import io.nodeplane.plexd.registration.BootstrapToken;
import io.nodeplane.plexd.registration.Registrations;
import io.nodeplane.plexd.registration.ResourceClaim;
import io.nodeplane.plexd.secrets.SecretOpener;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every port once against the platform's double, which refuses what the contract does not name. */
@Timeout(60)
class PlatformContractIT {
    private static final String CHECKSUM = "ab".repeat(32);
    private static final ResourceClaim CLAIM = new ResourceClaim("0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a0", "edge-1", "");

    private MockApi server;
    private HttpApiClient client;
    private HttpStreamClient streams;
    private Identity identity;
    private PlatformContract contract;

    @BeforeEach
    void register() throws Exception {
        server = MockApi.start(MockApiConfig.loopback().mode(Mode.STRICT).contract(WireContract.V1_2026));
        var tenSeconds = Duration.ofSeconds(10);
        var config = new ApiConfig(server.uri(), false, tenSeconds, tenSeconds, tenSeconds);
        var metrics = new HttpMetrics(new PrometheusRegistry());
        client = new HttpApiClient(config, "0.1.0", Clock.systemUTC(), metrics);
        streams = new HttpStreamClient(config, "0.1.0", Clock.systemUTC(), metrics);
        identity = new PlatformRegistrations(client, CLAIM)
                .register(new Registrations.Request(
                        new BootstrapToken("psb_test_e2eproject_node_e2ee2ee2ee2ee2ee2ee2e22"),
                        "worker-1",
                        "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=",
                        Map.of(),
                        UUID.fromString("6f1c2d3e-4a5b-4c6d-8e7f-001122334455")));
        contract = new PlatformContract(client, streams, identity, "0.1.0", Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        streams.close();
        client.close();
        server.close();
    }

    @Test
    void tellsAndAsksEverythingOnce() throws Exception {
        var now = Instant.now();
        server.platform().heartbeatAnswer(true, true);

        var answer = contract.send(new Heartbeat(
                identity.nodeId(),
                now,
                true,
                Duration.ofSeconds(3),
                CHECKSUM,
                new DataPlaneStatus.Unavailable("none")));
        contract.put(new Capabilities(
                "0.1.0",
                CHECKSUM,
                List.of(new Capabilities.Action("system.info", "What the node is.", List.of())),
                List.of(new Capabilities.Hook("h.sh", "", "local", CHECKSUM, List.of(), Optional.empty(), false))));
        contract.report(new Violation(
                Violation.Kind.BINARY, Violation.Detection.STARTUP_SCAN, "/app.jar", CHECKSUM, CHECKSUM, "", now));
        var state = contract.fetch();
        var secret = contract.fetch("local-bearer-token");
        contract.send(
                List.of(new DataEntry("app.health", "application/json", "{\"ok\":true}", 1, now)), List.of("old"));
        contract.metrics().send(List.of(new MetricRecord(now, "agent", Map.of("uptime_seconds", 3))));
        contract.logs()
                .send(List.of(new LogRecord(now, "agent", "plexd", "x".repeat(3000), Severity.INFO, "worker-1")));
        contract.audit()
                .send(List.of(new AuditRecord(now, "k8s-audit", "get", "{}", "\"x\"", "get", "failure", "h", "")));
        var rotated = contract.offer("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");

        assertTrue(answer.reconcile() && answer.rotateKeys());
        assertEquals(2, state.peers().size());
        assertEquals("sha256:policy-001", state.policies().getFirst().id());
        assertEquals(
                "e2e-local-bearer-token", new SecretOpener(identity.secretKey()).open("local-bearer-token", secret));
        assertEquals(io.nodeplane.plexd.rotation.MeshKeyOffers.Answer.TAKEN, rotated);
        for (var counter : List.of(
                "registration",
                "heartbeat",
                "capabilities",
                "state",
                "secrets",
                "report_put",
                "integrity_violation",
                "metrics",
                "logs",
                "audit",
                "key_rotate")) {
            assertEquals(1, server.count(counter), counter);
        }
        assertEquals(
                List.of("report_not_found: key: no such report"),
                server.refusals().stream().map(refusal -> refusal.message()).toList());
    }

    @Test
    void tellsCodeAndCorrelationOfAProblem() {
        server.platform().secrets(1, 1, 7);

        var limited = assertThrows(ApiException.RateLimited.class, () -> contract.fetch("x"));

        assertTrue(limited.has("per_node_rate_limited"));
        assertFalse(limited.problem().correlationId().isEmpty());
        assertEquals(Optional.of(Duration.ofSeconds(7)), limited.retryAfter());
        var told = String.valueOf(limited.getMessage());
        assertTrue(told.contains("per_node_rate_limited") && told.contains("correlation"), told);
    }

    @Test
    void tellsACursorThatIsRefusedFromAnOfferThatIsNotThere() {
        var refused = assertThrows(ApiException.Rejected.class, () -> contract.open(Optional.of("999")));
        assertTrue(refused.has("invalid_cursor"));

        server.platform().descopeEvents(true);
        var absent = assertThrows(ApiException.class, () -> contract.open(Optional.empty()));
        assertTrue(absent.isNotProvisioned());
    }
}
