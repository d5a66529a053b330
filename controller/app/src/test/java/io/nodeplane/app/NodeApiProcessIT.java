package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import io.nodeplane.mockapi.Mode;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node API of the real process, asked by the real commands. */
class NodeApiProcessIT {
    private static final Duration PHASE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final MockApi api = MockApi.start(MockApiConfig.loopback().mode(Mode.STRICT));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void commandsShowWhatTheAgentKnows() throws Exception {
        try (var agent = AgentProcess.up(directory, AgentProcess.seedConfig(directory, api))) {
            api.await("state", 1, PHASE);
            agent.awaitOutput("node API listens");
            agent.awaitOutput("state applied");

            assertTrue(plexd(0, "state").contains("app/config"));
            assertTrue(plexd(0, "peers").startsWith("ID"), "a table");
            assertTrue(plexd(0, "policies").startsWith("POLICY"), "a table");
            assertTrue(plexd(0, "actions").contains("system.info"));
            assertTrue(
                    new ObjectMapper().readTree(plexd(0, "hooks", "-o", "json")).isArray());
            assertTrue(plexd(0, "logs", "-o", "yaml").contains("enabled: true"));
            assertTrue(plexd(0, "audit").contains("yes"));
            var secret = ask("GET /v1/state/secrets/local-bearer-token HTTP/1.1\r\n\r\n");
            assertTrue(secret.contains("e2e-local-bearer-token"), secret);
            var reloaded = ask("POST /v1/hooks/reload HTTP/1.1\r\n\r\n");
            assertTrue(reloaded.startsWith("HTTP/1.1 200 ") && reloaded.contains("\"reloaded\""), reloaded);
            assertTrue(run("system.info").contains("\"status\":\"success\""), run("system.info"));
            assertTrue(run("no.such").startsWith("HTTP/1.1 503 "), run("no.such"));
        }
    }

    @Test
    void aReportOutlivesAKillBeforeItsDelivery() throws Exception {
        var config = AgentProcess.seedConfig(directory, api);
        try (var agent = AgentProcess.up(directory, config)) {
            agent.awaitOutput("node API listens");
            var body = "{\"content_type\":\"text/plain\",\"payload\":\"before the kill\"}";
            var put = ask("PUT /v1/state/report/disk HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertTrue(put.startsWith("HTTP/1.1 200 "), put);
        }
        assertTrue(Files.exists(directory.resolve("api.sock")), "a killed agent leaves its socket");
        assertEquals(0, api.count("report"));

        try (var agent = AgentProcess.up(directory, config)) {
            api.await("report", 1, PHASE);
            assertTrue(api.last("report").orElseThrow().json().toString().contains("before the kill"));
            agent.awaitOutput("node API listens");
            assertTrue(ask("GET /v1/state/report/disk HTTP/1.1\r\n\r\n").contains("\"version\":1"));

            assertTrue(agent.terminate().compareTo(Duration.ofSeconds(10)) < 0);
            assertFalse(Files.exists(directory.resolve("api.sock")), "a stopped agent takes its socket away");
        }
        try (var agent = AgentProcess.up(directory, config)) {
            agent.awaitOutput("node API listens");
            ask("DELETE /v1/state/report/disk HTTP/1.1\r\n\r\n");
            api.await("report", 2, PHASE);
            assertTrue(api.last("report").orElseThrow().json().toString().contains("deleted"));
        }
        assertEquals(2, api.count("report"), "nothing is delivered twice");
        assertEquals(List.of(), api.refusals());
    }

    @Test
    void deregistersThroughTheAgentWhichEndsAndForgets() throws Exception {
        var config = AgentProcess.seedConfig(directory, api);
        try (var agent = AgentProcess.up(directory, config)) {
            api.await("heartbeat", 1, PHASE);
            agent.awaitOutput("node API listens");

            assertTrue(plexd(0, "deregister", "--purge").contains("is deregistered"));

            assertEquals(0, agent.exitCode(), agent.output());
            assertEquals(1, api.count("deregister"));
            try (var left = Files.list(directory.resolve("data"))) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    @Test
    void deregistersAloneWhereNoAgentRuns() throws Exception {
        var config = AgentProcess.seedConfig(directory, api);
        try (var agent = AgentProcess.up(directory, config)) {
            api.await("heartbeat", 1, PHASE);
            agent.terminate();
        }

        assertTrue(plexd(0, "deregister").contains("is deregistered"));

        assertEquals(1, api.count("deregister"));
        assertFalse(Files.exists(directory.resolve("data/identity.json")));
        assertTrue(plexd(1, "deregister").contains("nothing to deregister"));
    }

    private String plexd(int exitCode, String... arguments) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", directory.resolve("config.yaml").toString()));
        try (var command = AgentProcess.start(
                directory, Map.of("PLEXD_HEALTH_LISTEN", "127.0.0.1:0"), all.toArray(String[]::new))) {
            assertEquals(exitCode, command.exitCode(), command.output());
            return command.output();
        }
    }

    private String run(String action) throws IOException {
        var body = "{\"action\":\"" + action + "\"}";
        return ask("POST /v1/actions/run HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private String ask(String request) throws IOException {
        try (var connection = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("api.sock")))) {
            Channels.newOutputStream(connection).write(request.getBytes(StandardCharsets.UTF_8));
            return new String(Channels.newInputStream(connection).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
