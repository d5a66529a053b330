package io.nodeplane.plexd.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import io.nodeplane.mockapi.Mode;
import io.nodeplane.plexd.actions.Execution;
import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.Executions.Acknowledgement;
import io.nodeplane.plexd.actions.Refusal;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.dataplane.DataPlaneStatus;
import io.nodeplane.plexd.events.EventCursor;
import io.nodeplane.plexd.events.EventCursors;
import io.nodeplane.plexd.events.EventListener;
import io.nodeplane.plexd.events.EventMetrics;
import io.nodeplane.plexd.events.SigningKeyRing;
import io.nodeplane.plexd.heartbeat.Heartbeat;
import io.nodeplane.plexd.http.ApiConfig;
import io.nodeplane.plexd.http.HttpApiClient;
import io.nodeplane.plexd.http.HttpMetrics;
import io.nodeplane.plexd.http.HttpStreamClient;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.integrity.Violation;
import io.nodeplane.plexd.logs.LogJson;
import io.nodeplane.plexd.logs.LogRecord;
import io.nodeplane.plexd.logs.Severity;
import io.nodeplane.plexd.metrics.MetricJson;
import io.nodeplane.plexd.metrics.MetricRecord;
import io.nodeplane.plexd.registration.BootstrapToken;
import io.nodeplane.plexd.registration.Registrations;
import io.nodeplane.plexd.state.DriftReports.Drift;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.state.StateDiff;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Sleeper;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every port once against the control plane's double in strict mode, which refuses what the contract does not name
 * (seed "Kubernetes E2E Test").
 */
@Timeout(60)
class SeedContractIT {
    private static final String CHECKSUM = "ab".repeat(32);

    private MockApi server;
    private HttpApiClient client;
    private HttpStreamClient streams;
    private Identity identity;
    private SeedContract contract;

    @BeforeEach
    void register() throws Exception {
        server = MockApi.start(MockApiConfig.loopback().mode(Mode.STRICT));
        var tenSeconds = Duration.ofSeconds(10);
        var config = new ApiConfig(server.uri(), false, tenSeconds, tenSeconds, tenSeconds);
        var metrics = new HttpMetrics(new PrometheusRegistry());
        client = new HttpApiClient(config, "0.1.0", Clock.systemUTC(), metrics);
        streams = new HttpStreamClient(config, "0.1.0", Clock.systemUTC(), metrics);
        identity = new SeedRegistrations(client)
                .register(new Registrations.Request(
                        new BootstrapToken("e2e-test-token"),
                        "worker-1",
                        "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=",
                        Map.of("zone", "b"),
                        new UUID(1, 2)));
        contract = new SeedContract(client, streams, identity.nodeId(), identity.secretKey());
    }

    @AfterEach
    void stop() {
        assertEquals(List.of(), server.refusals());
        streams.close();
        client.close();
        server.close();
    }

    @Test
    void tellsAndAsksEverythingOnce() throws Exception {
        var now = Instant.now();
        var action = new Capabilities.Action(
                "a", "does", List.of(new Capabilities.Parameter("deep", "bool", false, "true", "how")));
        var hook = new Capabilities.Hook("h", "", "local", CHECKSUM, List.of(), Optional.empty(), false);
        server.heartbeatAnswer(true, false);

        var answer = contract.send(new Heartbeat(
                identity.nodeId(),
                now,
                true,
                Duration.ofSeconds(3),
                CHECKSUM,
                new DataPlaneStatus.Unavailable("kernel has no WireGuard")));
        contract.put(new Capabilities("0.1.0", CHECKSUM, List.of(action), List.of(hook)));
        var state = contract.fetch();
        var diff = StateDiff.between(NodeState.EMPTY, state);
        contract.report(new Drift(now, diff.corrections(diff.categories())));
        var secret = contract.fetch("local-bearer-token");
        contract.send(
                List.of(new DataEntry("app/health", "application/json", "{\"ok\":true}", 1, now)), List.of("old"));
        contract.outlet("metrics", new MetricJson())
                .send(List.of(new MetricRecord(now, "agent", Map.of("uptime_seconds", 3))));
        contract.outlet("logs", new LogJson())
                .send(List.of(new LogRecord(now, "agent", "plexd", "x".repeat(3000), Severity.INFO, "worker-1")));

        assertTrue(answer.reconcile());
        assertFalse(state.peers().isEmpty());
        assertTrue(state.signingKeys().isPresent());
        assertEquals("local-bearer-token", secret.key());
        for (var counter : List.of(
                "registration",
                "heartbeat",
                "capabilities",
                "state",
                "drift",
                "secrets",
                "report",
                "metrics",
                "logs")) {
            assertEquals(1, server.count(counter), counter);
        }
    }

    @Test
    void believesTheServersEventsAndNoOthers() throws Exception {
        BlockingQueue<String> triggers = new LinkedBlockingQueue<>();
        BlockingQueue<Execution> requested = new LinkedBlockingQueue<>();
        var keys = new SigningKeyRing(identity.signingKey(), key -> {}, Clock.systemUTC());
        var listener = new EventListener(
                new EventListener.Ports(contract, contract, new NoCursors(), requested::add, triggers::add, by -> {}),
                keys,
                triggers::add,
                () -> {},
                Duration.ofMinutes(10),
                Clock.systemUTC(),
                Sleeper.REAL,
                new Random(1),
                new EventMetrics(new PrometheusRegistry()));
        var worker = new Worker("events", listener, () -> {});
        worker.start();
        assertEquals("event stream connected", next(triggers));
        assertEquals("event: node_state_updated", next(triggers), "the hello event");

        var event = "{\"event_type\":\"policy_updated\",\"event_id\":\"e-2\",\"nonce\":\"n-2\","
                + "\"payload\":{ \"note\":\"a<b>&c\\u2028 ä\", \"n\":1.50 }}";
        server.inject(event);
        assertEquals("event: policy_updated", next(triggers));
        server.inject(event);
        server.inject("{\"event_type\":\"action_request\",\"event_id\":\"e-3\",\"nonce\":\"n-3\","
                + "\"payload\":{\"execution_id\":\"x-1\",\"action\":\"system.info\"}}");
        var request = requested.poll(10, TimeUnit.SECONDS);
        worker.close();

        assertEquals(List.of(), List.copyOf(triggers), "the reused nonce triggered nothing");
        assertEquals("x-1", request == null ? "nothing" : request.id());
    }

    @Test
    void tellsEverythingAboutExecutions() throws Exception {
        var now = Instant.now();
        contract.acknowledge(new Acknowledgement.Accepted("e 1/x"));
        for (var refusal : Refusal.values()) {
            contract.acknowledge(new Acknowledgement.Rejected("e 1/x", refusal));
        }
        for (var status : ExecutionResult.Status.values()) {
            contract.result(new ExecutionResult(
                    "e 1/x", status, -1, "out", "err", Duration.ofMillis(5), now, Optional.of("{\"type\":\"user\"}")));
        }
        for (var kind : Violation.Kind.values()) {
            contract.report(new Violation(
                    kind, Violation.Detection.STARTUP_SCAN, "/opt/x.jar", CHECKSUM, CHECKSUM, "changed", now));
        }

        assertEquals(6, server.count("execution_ack"));
        assertEquals(5, server.count("execution_result"));
        assertEquals(2, server.count("integrity_violation"));
    }

    private static String next(BlockingQueue<String> triggers) throws InterruptedException {
        return String.valueOf(triggers.poll(10, TimeUnit.SECONDS));
    }

    /** Forgets the cursor. */
    private static final class NoCursors implements EventCursors {
        @Override
        public EventCursor load() {
            return EventCursor.START;
        }

        @Override
        public void save(EventCursor cursor) {
            // Nothing outlives this test.
        }
    }
}
