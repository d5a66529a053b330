package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.WireContract;
import io.nodeplane.mockapi.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the contracts leave open (protocol facts 11.3): the real agent goes on, and says what it met, once. */
class OpenQuestionsIT {
    private static final Duration PHASE = Duration.ofSeconds(60);
    private static final String TOKEN = "psb_test_e2eproject_node_e2ee2ee2ee2ee2ee2ee2e22";
    private static final String CLAIM = "project_id: 0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a0, resource_handle: edge-1";

    @TempDir
    Path directory;

    private MockApi api =
            MockApi.start(MockApiConfig.loopback().mode(Mode.STRICT).contract(WireContract.V1_2026));

    @AfterEach
    void stop() {
        api.close();
    }

    /** 11.3, question 1: only a try tells which contract a control plane speaks. */
    @ParameterizedTest
    @EnumSource(WireContract.class)
    void saysThatTheControlPlaneMaySpeakTheOtherContract(WireContract spoken) throws Exception {
        api.close();
        api = MockApi.start(MockApiConfig.loopback().mode(Mode.STRICT).contract(spoken));
        var claim = spoken == WireContract.V1_2026 ? "" : CLAIM;

        try (var agent = AgentProcess.up(directory, config(claim), TOKEN)) {
            assertEquals(1, agent.exitCode(), agent.output());
            assertTrue(agent.output().contains("may speak another contract"), agent.output());
        }
    }

    /** 11.3, question 2: if the platform signs other bytes than we think, no event is believed, and the state comes by pulls. */
    @Test
    void livesOnPullsWhenItUnderstandsNoSignature() throws Exception {
        try (var agent = AgentProcess.up(directory, config(CLAIM), TOKEN)) {
            agent.awaitOutput("state applied");
            awaitStream();
            for (var number = 1; number <= 3; number++) {
                var event = "{\"id\":\"e-" + number + "\",\"type\":\"policy_updated\",\"signature\":\"" + "A".repeat(86)
                        + "==\"}";
                api.platform().inject(event, Set.of("signature"), Optional.empty());
            }

            agent.awaitOutput("event was not believed");
            var pulls = api.count("state");
            api.await("state", pulls + 3, PHASE);
            assertEquals(1, times("event was not believed", agent), agent.output());
            assertReady(agent);
        }
        assertEquals(List.of(), api.refusals());
    }

    /** 11.3, question 3: everything may answer 501. Nothing ends, each is told once, and what is offered later is taken up. */
    @Test
    void livesOnWhatIsOfferedAndTakesUpTheRestLater() throws Exception {
        api.platform().descopeEvents(true);
        api.fault(
                notProvisioned("POST /v1/nodes/*/heartbeat", "heartbeat_not_provisioned"),
                notProvisioned("GET /v1/nodes/*/secrets/*", "secrets_not_provisioned"),
                notProvisioned("PUT /v1/nodes/*/state/reports/*", "reports_not_provisioned"),
                notProvisioned("PUT /v1/nodes/*/capabilities", "capabilities_not_provisioned"),
                notProvisioned("POST /v1/nodes/*/metrics", "observability_ingest_not_provisioned"),
                notProvisioned("POST /v1/nodes/*/logs", "observability_ingest_not_provisioned"));

        try (var agent = AgentProcess.up(directory, config(CLAIM), TOKEN)) {
            agent.awaitOutput("no event stream, pulling the state instead");
            for (var said : List.of("heartbeat_not_provisioned", "observability_ingest_not_provisioned")) {
                agent.awaitOutput(said);
            }
            var pulls = api.count("state");
            api.await("state", pulls + 3, PHASE);
            assertEquals(1, times("heartbeat_not_provisioned", agent), agent.output());
            assertReady(agent);

            api.clearFaults();
            for (var counter : List.of("heartbeat", "capabilities", "metrics", "logs", "secrets")) {
                api.await(counter, 1, PHASE);
            }
            agent.awaitOutput("control plane call works again");
        }
        assertEquals(1, api.count("registration"));
    }

    /** 11.3, question 4: the envelope of a peer's key is delivered in a form that no agent has used; the news of one is no fault. */
    @Test
    void takesThePeersKeyForAReasonToPullAndFetchesNone() throws Exception {
        try (var agent = AgentProcess.up(directory, config(CLAIM), TOKEN)) {
            agent.awaitOutput("state applied");
            awaitStream();
            api.platform().inject("{\"id\":\"k-1\",\"type\":\"peer_psk_assigned\",\"payload\":{\"peer\":\"p-1\"}}");
            api.platform().inject("{\"id\":\"k-2\",\"type\":\"never_heard_of\",\"payload\":{}}");

            agent.awaitOutput("event of an unknown type: taken as a reason to pull the state");
            assertTrue(api.last("psk").isEmpty(), "a peer's key was fetched");
            assertFalse(agent.output().contains("peer_psk_assigned"), agent.output());
        }
        assertEquals(List.of(), api.refusals());
    }

    private static Fault notProvisioned(String route, String code) {
        return Fault.on(route)
                .status(501)
                .header("Content-Type", "application/problem+json")
                .body("{\"type\":\"about:blank\",\"title\":\"Not Implemented\",\"status\":501,\"code\":\"" + code
                        + "\",\"detail\":\"\",\"correlation_id\":\"c-1\"}");
    }

    private static void assertReady(AgentProcess agent) throws Exception {
        try (var ready = agent.health().resolve("/readyz").toURL().openStream()) {
            assertEquals("ok\n", new String(ready.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static int times(String text, AgentProcess agent) throws IOException {
        return (int) agent.output().lines().filter(line -> line.contains(text)).count();
    }

    private void awaitStream() throws InterruptedException {
        for (var attempt = 0; attempt < 600 && api.openStreams() == 0; attempt++) {
            Thread.sleep(100);
        }
        assertTrue(api.openStreams() > 0, "no event stream");
    }

    private Path config(String claim) throws IOException {
        var yaml = """
                data_dir: %1$s/data
                api: {base_url: '%2$s'}
                registration: {hostname: worker-1, %3$s}
                heartbeat: {interval: 1s}
                reconcile: {interval: 1s}
                node_api: {socket_path: '%1$s/api.sock'}
                metrics:
                  collect_interval: 5s
                  report_interval: 10s
                  local_endpoint: {url: '%4$s/local/metrics', secret_key: local-bearer-token, tls_insecure_skip_verify: true}
                log_fwd: {collect_interval: 5s, report_interval: 5s}
                """.formatted(directory, api.uri(), claim, api.tlsUri());
        return Files.writeString(directory.resolve("config.yaml"), yaml);
    }
}
