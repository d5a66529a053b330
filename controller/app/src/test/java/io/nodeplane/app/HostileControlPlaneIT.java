package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import io.nodeplane.mockapi.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process, with the heap that it has on a node, under a control plane that answers and sends nonsense. */
class HostileControlPlaneIT {
    private static final Duration PHASE = Duration.ofMinutes(1);
    private static final String STATE = "GET /v1/nodes/*/state";
    private static final String HEARTBEAT = "POST /v1/nodes/*/heartbeat";

    /** Answers to any request. */
    private static final List<String> BODIES = List.of(
            "",
            "null",
            "[]",
            "<html>",
            "{\"peers\":",
            "{\"peers\":{}}",
            "{\"reconcile\":\"yes\",\"peers\":[1]}",
            "{\"x\":" + "[".repeat(100_000),
            "{\"x\":[0" + ",0".repeat(1_500_000) + "]}",
            "{\"metadata\":{\"\\ud800\":\"\"}}",
            "{\"data\":[{\"key\":\"a\",\"payload\":1e999},{\"key\":\"a\",\"payload\":\"\\ud800\"}]}",
            "{\"bridge_config\":{\"a\":\"" + "<".repeat(1_000_000) + "\"}}");

    private static final List<String> FRAMES = List.of(
            "data\n\n",
            "id: evil\ndata: {\n\n",
            "retry: 999999999\n\n",
            "data: " + "x".repeat(3_000_000) + "\n\n",
            "data: {\"event_type\":\"t\",\"event_id\":\"e\",\"payload\":\"" + "<".repeat(1_000_000) + "\"}\n\n",
            "data: {\"event_type\":\"t\",\"event_id\":\"e\",\"payload\":" + "[".repeat(100_000) + "}\n\n",
            ": " + "x".repeat(3_000_000) + "\n\n",
            "data: {\n\n".repeat(5_000));

    @TempDir
    Path directory;

    private final MockApi api = MockApi.start(MockApiConfig.loopback());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void outlivesNonsenseAndGoesOnAfterIt() throws Exception {
        var config = AgentProcess.seedConfig(directory, api);
        Files.writeString(config, "reconcile:\n  interval: 1s\n", StandardOpenOption.APPEND);
        Files.writeString(config, Files.readString(config).replace("heartbeat:\n", "heartbeat:\n  interval: 1s\n"));
        try (var agent = AgentProcess.up(directory, config)) {
            api.await("heartbeat", 1, PHASE);
            api.await("state", 1, PHASE);

            api.fault(Stream.of(STATE, HEARTBEAT)
                    .flatMap(route -> faults(route).stream())
                    .toArray(Fault[]::new));
            FRAMES.forEach(api::injectFrame);
            awaitEveryFault();

            api.clearFaults();
            api.state("{\"metadata\":{\"after\":\"nonsense\"}}");
            var drifts = api.count("drift");
            api.await("drift", drifts + 1, PHASE);
            api.await("heartbeat", api.count("heartbeat") + 2, PHASE);
            assertFalse(agent.output().contains("worker died"), agent.output());
            agent.terminate();
            assertEquals(0, agent.exitCode(), agent.output());
            assertEquals(1, api.count("registration"));
        }
    }

    private static List<Fault> faults(String route) {
        return BODIES.stream()
                .map(body -> Fault.on(route).status(200).body(body).times(1))
                .toList();
    }

    private void awaitEveryFault() throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (waiting() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        assertEquals(0, waiting(), "faults that the agent never met");
    }

    private long waiting() {
        return api.faults().stream().filter(fault -> fault.hits() == 0).count();
    }
}
