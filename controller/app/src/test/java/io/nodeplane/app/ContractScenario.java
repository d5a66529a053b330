package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.WireContract;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One life of the real process, the same in each contract, against a control plane that refuses what is not in it. */
abstract class ContractScenario {
    static final Duration PHASE = Duration.ofSeconds(60);

    private static final String AUDIT_LINE = """
        {"kind":"Event","stage":"ResponseComplete","verb":"get","requestURI":"/api/v1/pods",\
        "user":{"username":"alice"},"objectRef":{"resource":"pods"},"responseStatus":{"code":200},\
        "stageTimestamp":"2026-06-01T12:00:00.000000Z","requestReceivedTimestamp":"2026-06-01T12:00:00.000000Z"}
        """;

    @TempDir
    Path directory;

    private final WireContract contract;
    private final String token;
    final MockApi api;

    ContractScenario(WireContract contract, String token) {
        this.contract = contract;
        this.token = token;
        this.api = MockApi.start(MockApiConfig.loopback().mode(Mode.STRICT).contract(contract));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** Lines of the section {@code registration}. */
    abstract String registration();

    /** An event that tells of a changed state. */
    abstract String stateChanged(int number);

    abstract void inject(String event);

    /** Waits until the control plane has taken one report, and then also its deletion. */
    abstract void awaitReport(boolean deleted) throws InterruptedException;

    @Test
    void livesAndComesBackWithoutRegistering() throws Exception {
        var config = config();
        Files.writeString(auditLog(), "");
        try (var agent = up(config)) {
            for (var counter :
                    List.of("registration", "heartbeat", "state", "capabilities", "metrics", "logs", "secrets")) {
                api.await(counter, 1, PHASE);
            }
            Files.writeString(auditLog(), AUDIT_LINE, StandardOpenOption.APPEND);
            api.await("audit", 1, PHASE);
            for (var counter : List.of("local_metrics", "local_logs", "local_audit")) {
                api.await(counter, 1, PHASE);
            }
            pullsOnEvent(1);
            agent.awaitOutput("node API listens");
            var body = "{\"content_type\":\"application/json\",\"payload\":{\"ok\":true}}";
            ask("PUT /v1/state/report/app.health HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            awaitReport(false);
            ask("DELETE /v1/state/report/app.health HTTP/1.1\r\n\r\n");
            awaitReport(true);
            awaitForgotten("app.health");
            var took = agent.terminate();
            assertEquals(0, agent.exitCode(), agent.output());
            assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, took.toString());
        }

        var heartbeats = api.count("heartbeat");
        try (var agent = up(config)) {
            api.await("heartbeat", heartbeats + 1, PHASE);
            pullsOnEvent(2);
            assertTrue(agent.output().contains("identity loaded"), agent.output());
        }
        assertEquals(1, api.count("registration"));
        assertEquals(List.of(), api.refusals());
    }

    final void pullsOnEvent(int number) throws InterruptedException {
        awaitStream();
        var pulls = api.count("state");
        inject(stateChanged(number));
        api.await("state", pulls + 1, Duration.ofSeconds(20));
    }

    /** Waits for the stream, and for the pull that a fresh stream causes. */
    final void awaitStream() throws InterruptedException {
        for (var attempt = 0; attempt < 600 && api.openStreams() == 0; attempt++) {
            Thread.sleep(100);
        }
        assertTrue(api.openStreams() > 0, "no event stream");
        Thread.sleep(1_000);
    }

    /**
     * Waits until the agent has noted that the deletion was taken. Killed before that, it rightly tells it once more, and this
     * control plane refuses to delete what is not there.
     */
    private void awaitForgotten(String key) throws IOException, InterruptedException {
        var noted = directory.resolve("data/state/report-acks.json");
        var deadline = System.nanoTime() + PHASE.toNanos();
        while (Files.readString(noted).contains(key)) {
            assertTrue(System.nanoTime() < deadline, () -> noted + " still names " + key);
            Thread.sleep(20);
        }
    }

    private void ask(String request) throws IOException {
        try (var connection = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("api.sock")))) {
            Channels.newOutputStream(connection).write(request.getBytes(StandardCharsets.UTF_8));
            var answer = new String(Channels.newInputStream(connection).readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 20"), answer);
        }
    }

    final AgentProcess up(Path config) throws IOException {
        return AgentProcess.up(directory, config, token);
    }

    final Path auditLog() {
        return directory.resolve("audit.log");
    }

    final Path config() throws IOException {
        return config(registration());
    }

    final Path config(String registration) throws IOException {
        var local = """
                {url: '%s/local/%s', secret_key: local-bearer-token, tls_insecure_skip_verify: true}""";
        var yaml = """
                data_dir: %s/data
                api: {base_url: '%s'}
                registration:
                  hostname: worker-1
                %s
                reconcile: {interval: 10m}
                node_api: {socket_path: '%s/api.sock', debounce_period: 100ms}
                metrics: {local_endpoint: %s}
                log_fwd: {local_endpoint: %s}
                audit_fwd: {collect_interval: 1s, report_interval: 1s, local_endpoint: %s}
                kubernetes: {enabled: true, crd_enabled: false, namespace: none, audit_log_path: '%s'}
                """.formatted(
                        directory,
                        api.uri(),
                        registration.indent(2),
                        directory,
                        local.formatted(api.tlsUri(), "metrics"),
                        local.formatted(api.tlsUri(), "logs"),
                        local.formatted(api.tlsUri(), "audit"),
                        auditLog());
        return Files.writeString(directory.resolve("config.yaml"), yaml);
    }

    @Override
    public String toString() {
        return contract.word();
    }
}
