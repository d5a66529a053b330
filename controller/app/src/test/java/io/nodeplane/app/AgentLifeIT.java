package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import io.nodeplane.mockapi.Mode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole life of the real process against the mock: the phases of the seed's test that need no cluster (seed
 * "Kubernetes E2E Test").
 */
class AgentLifeIT {
    private static final Duration PHASE = Duration.ofSeconds(60);
    private static final List<String> COUNTERS =
            List.of("registration", "heartbeat", "state", "capabilities", "drift", "metrics", "logs", "audit");

    @TempDir
    Path directory;

    private final MockApi api = MockApi.start(MockApiConfig.loopback().mode(Mode.STRICT));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void reachesEveryCounterRestartsWithoutRegisteringAndStopsInTime() throws Exception {
        var config = AgentProcess.seedConfig(directory, api);
        try (var agent = AgentProcess.up(directory, config)) {
            for (var counter : COUNTERS) {
                api.await(counter, 1, PHASE);
            }
            assertEquals("ok\n", get(agent.health().resolve("/readyz")));
            assertTrue(get(agent.health().resolve("/metrics")).contains("process_resident_memory_bytes"));
            assertTrue(status(agent).contains("reachable"), status(agent));

            var took = agent.terminate();
            assertEquals(0, agent.exitCode(), agent.output());
            assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, took.toString());
        }

        var heartbeats = api.count("heartbeat");
        var audits = api.count("audit");
        try (var agent = AgentProcess.up(directory, config)) {
            api.await("heartbeat", heartbeats + 1, PHASE);
            api.await("audit", audits + 1, PHASE);
            assertTrue(agent.output().contains("identity loaded"), agent.output());
        }
        assertEquals(1, api.count("registration"));
        assertEquals(List.of(), api.refusals());
    }

    @Test
    void deliversToTheLocalEndpoints() throws Exception {
        try (var _ = AgentProcess.up(directory, AgentProcess.seedConfig(directory, api))) {
            for (var counter : List.of("local_metrics", "local_logs", "local_audit")) {
                api.await(counter, 1, PHASE);
            }
        }
    }

    @Test
    void printsNoSecret() throws Exception {
        try (var agent = AgentProcess.start(
                directory,
                Map.of("PLEXD_BOOTSTRAP_TOKEN", "e2e-test-token", "PLEXD_HEALTH_LISTEN", "127.0.0.1:0"),
                "up",
                "--log-level",
                "debug",
                "--config",
                AgentProcess.seedConfig(directory, api).toString())) {
            api.await("local_audit", 1, PHASE);
            agent.terminate();

            var output = agent.output();
            var secretKey = Files.readString(directory.resolve("data/node_secret_key"));
            var privateKey = Files.readString(directory.resolve("data/private_key"));
            for (var secret : List.of("e2e-test-token", secretKey, privateKey, "e2e-local-bearer-token")) {
                assertFalse(output.contains(secret), "a secret is printed");
            }
        }
    }

    @Test
    void setsACorruptIdentityAsideAndRegistersAnew() throws Exception {
        var config = AgentProcess.seedConfig(directory, api);
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/identity.json"), "{\"node_id\": \"n-");

        try (var agent = AgentProcess.up(directory, config)) {
            api.await("heartbeat", 1, PHASE);
            assertTrue(agent.output().contains("identity is corrupt"), agent.output());
        }
        try (var files = Files.list(directory.resolve("data"))) {
            assertTrue(files.anyMatch(file -> file.toString().contains("identity.json.corrupt-")));
        }
    }

    @Test
    void saysHowAnAgentIsThatDoesNotRun() throws Exception {
        var config = AgentProcess.seedConfig(directory, api);
        try (var status = AgentProcess.start(
                directory, Map.of("PLEXD_HEALTH_LISTEN", "127.0.0.1:1"), "status", "--config", config.toString())) {
            assertEquals(1, status.exitCode());
            assertTrue(status.output().contains("no agent answers on 127.0.0.1:1"), status.output());
            assertTrue(status.output().contains("no readable identity"), status.output());
        }
    }

    private String status(AgentProcess agent) throws IOException, InterruptedException {
        var address = agent.health().getAuthority();
        try (var status = AgentProcess.start(
                directory,
                Map.of("PLEXD_HEALTH_LISTEN", address),
                "status",
                "--config",
                directory.resolve("config.yaml").toString())) {
            assertEquals(0, status.exitCode(), status.output());
            return status.output();
        }
    }

    private static String get(URI uri) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        try (var body =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
