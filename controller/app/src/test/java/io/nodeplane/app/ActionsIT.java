package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.capture.CapturedRequest;
import io.nodeplane.plexd.integrity.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signed requests to the real process: answers, results, hooks, restarts, and what must never happen twice. */
@Timeout(180)
class ActionsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final MockApi api = MockApi.start(MockApiConfig.loopback().mode(Mode.STRICT));
    private Path hooks;
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        hooks = Files.createDirectory(directory.resolve("hooks"));
        config = AgentProcess.seedConfig(directory, api);
        Files.writeString(
                config, Files.readString(config) + "actions: {hooks_dir: " + hooks + ", max_output_bytes: 65536}\n");
    }

    @AfterEach
    void stop() {
        assertEquals(List.of(), api.refusals());
        api.close();
    }

    @Test
    void runsBuiltinActionsAndTellsTheirResults() throws Exception {
        try (var _ = agent()) {
            request("e-info", "system.info", "", "");
            request("e-dump", "config.dump", "", "");
            request("e-logs", "logs.snapshot", "\"parameters\":{\"lines\":\"1000\"},", "");
            request("e-nothing", "no.such.action", "", "");

            assertEquals("accepted ", ack("e-info"));
            assertEquals("rejected unknown_action", ack("e-nothing"));
            var info = JSON.readTree(result("e-info", "success").path("stdout").asText());
            assertEquals(nodeId(), info.path("node_id").asText());
            var dump = JSON.readTree(result("e-dump", "success").path("stdout").asText());
            assertEquals(hooks.toString(), dump.path("actions.hooks_dir").asText());
            assertTrue(result("e-logs", "success").path("stdout").asText().contains("plexd starting"));

            request("e-info", "system.info", "", "");
            await("execution_ack", each -> text(each, "reason").equals("duplicate_execution_id"));
        }
    }

    @Test
    void runsTheHookThatWasAskedForAndNoOther() throws Exception {
        var hook =
                hook("hello.sh", "echo hello $PLEXD_PARAM_NAME from $PLEXD_NODE_ID; env | grep -c TOKEN >&2; exit 3");
        var good = Sha256.of(hook);
        try (var _ = agent()) {
            assertTrue(await("capabilities", each -> each.json().toString().contains(good))
                            .json()
                            .path("hooks")
                            .size()
                    == 1);

            request("e-1", "hello.sh", "\"parameters\":{\"name\":\"you\"},", good);
            var result = result("e-1", "failed");
            assertEquals(3, result.path("exit_code").asInt());
            assertEquals(
                    "hello you from " + nodeId() + "\n", result.path("stdout").asText());
            assertEquals("0\n", result.path("stderr").asText());
            assertEquals("{\"type\":\"user\"}", result.path("triggered_by").toString());

            request("e-2", "hello.sh", "", "ab".repeat(32));
            assertTrue(result("e-2", "error").path("stderr").asText().contains("not run"));
            var violation = await("integrity_violation", each -> true).json();
            assertEquals(
                    "hook " + hook + " " + "ab".repeat(32) + " " + good,
                    violation.path("type").asText() + " "
                            + violation.path("path").asText() + " "
                            + violation.path("expected_checksum").asText() + " "
                            + violation.path("actual_checksum").asText());

            request("e-3", "hello.sh", "", "");
            assertTrue(result("e-3", "error").path("stderr").asText().contains("no checksum"));
        }
    }

    @Test
    void hearsOfHooksThatComeAndGoAndChange() throws Exception {
        try (var agent = agent()) {
            await("capabilities", each -> each.json().path("hooks").isEmpty());

            var hook = hook("late.sh", "echo late");
            var first = Sha256.of(hook);
            await("capabilities", each -> each.json().toString().contains(first));
            agent.awaitOutput("checksum baseline made");

            Files.writeString(hook, "#!/bin/sh\necho changed\n");
            var second = Sha256.of(hook);
            await("capabilities", each -> each.json().toString().contains(second));
            await("integrity_violation", each -> text(each, "actual_checksum").equals(second));
        }
    }

    @Test
    void endsAHookAtItsLimitWithAllItsProcesses() throws Exception {
        var hook = hook("slow.sh", "echo began; echo $$ > " + directory.resolve("pid") + "; sleep 600 & sleep 600");
        try (var _ = agent()) {
            request("e-1", "slow.sh", "\"timeout\":\"1s\",", Sha256.of(hook));

            assertEquals("began\n", result("e-1", "timeout").path("stdout").asText());
            assertEquals(0, processesOf("e-1"));
        }
    }

    @Test
    void tellsThatItCancelledWhatRanWhenItWasStopped() throws Exception {
        var hook = hook("slow.sh", "echo began; sleep 600 & sleep 600");
        try (var agent = agent()) {
            request("e-1", "slow.sh", "", Sha256.of(hook));
            assertEquals("accepted ", ack("e-1"));
            awaitProcesses("e-1");

            var took = agent.terminate();

            assertEquals(0, agent.exitCode(), agent.output());
            assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, took.toString());
        }
        result("e-1", "cancelled");
        assertEquals(0, processesOf("e-1"));
    }

    @Test
    void neverRunsTwiceWhatAKillCutOffAndSaysHowItEnded() throws Exception {
        var runs = directory.resolve("runs");
        var hook = hook("slow.sh", "echo run >> " + runs + "; sleep 600 & sleep 600");
        try (var agent = agent()) {
            request("e-1", "slow.sh", "", Sha256.of(hook));
            awaitProcesses("e-1");
            agent.kill();
        }
        assertTrue(processesOf("e-1") > 0, "a kill of the agent alone leaves the hook");

        try (var _ = agent()) {
            var result = result("e-1", "error");
            assertTrue(result.path("stderr").asText().contains("interrupted by a restart"), result.toString());
            assertEquals(0, processesOf("e-1"));
            request("e-1", "slow.sh", "", Sha256.of(hook));
            assertTrue(await("execution_ack", each -> text(each, "status").equals("rejected"))
                    .json()
                    .toString()
                    .contains("duplicate_execution_id"));
        }
        assertEquals(List.of("run"), Files.readAllLines(runs));
        assertEquals(1, api.count("execution_result"));
    }

    @Test
    void keepsResultsThroughAnOutageAndARestart() throws Exception {
        var hook = hook("done.sh", "echo done > " + directory.resolve("done"));
        try (var agent = agent()) {
            request("e-1", "done.sh", "", Sha256.of(hook));
            api.await("execution_ack", 1, SOON);
            api.outage(Duration.ofMinutes(1));
            agent.awaitOutput("action ended");
            agent.terminate();
        }
        api.clearFaults();
        var before = api.count("execution_result");

        try (var _ = agent()) {
            result("e-1", "success");
        }
        assertTrue(api.count("execution_result") >= before);
        assertTrue(Files.exists(directory.resolve("done")));
    }

    @Test
    void refusesEverythingWhenSwitchedOff() throws Exception {
        Files.writeString(config, Files.readString(config).replace("actions: {", "actions: {enabled: false, "));
        hook("hello.sh", "echo hello");
        try (var _ = agent()) {
            request("e-1", "system.info", "", "");

            assertEquals("rejected actions_disabled", ack("e-1"));
            assertTrue(await("capabilities", each -> true).json().path("hooks").isEmpty());
        }
    }

    /** Up, registered and listening. */
    private AgentProcess agent() throws Exception {
        // The mock may not have noticed yet that an agent before was killed.
        api.closeStreams();
        var agent = AgentProcess.up(directory, config);
        var deadline = System.nanoTime() + SOON.toNanos();
        while (api.openStreams() == 0) {
            assertTrue(System.nanoTime() < deadline, agent.output());
            Thread.sleep(50);
        }
        return agent;
    }

    private void request(String id, String action, String more, String checksum) {
        api.inject("{\"event_type\":\"action_request\",\"event_id\":\"ev-" + UUID.randomUUID() + "\",\"nonce\":\""
                + UUID.randomUUID() + "\",\"payload\":{" + more + "\"execution_id\":\"" + id + "\",\"action\":\""
                + action + "\",\"checksum\":\"" + checksum + "\",\"triggered_by\":{\"type\":\"user\"}}}");
    }

    private String ack(String id) throws InterruptedException {
        var ack = await("execution_ack", each -> text(each, "execution_id").equals(id));
        return text(ack, "status") + " " + text(ack, "reason");
    }

    private JsonNode result(String id, String status) throws InterruptedException {
        var result = await(
                        "execution_result", each -> text(each, "execution_id").equals(id))
                .json();
        assertEquals(status, result.path("status").asText(), result.toString());
        return result;
    }

    private CapturedRequest await(String endpoint, Predicate<CapturedRequest> wanted) throws InterruptedException {
        var deadline = System.nanoTime() + SOON.toNanos();
        while (true) {
            var found = api.requests(endpoint, 0).stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            assertTrue(
                    System.nanoTime() < deadline,
                    () -> "not in " + endpoint + ": "
                            + api.requests(endpoint, 0).stream()
                                    .map(CapturedRequest::json)
                                    .toList());
            Thread.sleep(50);
        }
    }

    private String nodeId() {
        return api.nodes().getFirst().nodeId();
    }

    private static String text(CapturedRequest request, String member) {
        return request.json().path(member).asText();
    }

    private Path hook(String name, String body) throws IOException {
        var file = Files.writeString(directory.resolve("staged-" + name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.move(file, hooks.resolve(name));
    }

    private static void awaitProcesses(String executionId) throws InterruptedException {
        var deadline = System.nanoTime() + SOON.toNanos();
        while (processesOf(executionId) < 2) {
            assertTrue(System.nanoTime() < deadline, "the hook did not start");
            Thread.sleep(50);
        }
    }

    private static long processesOf(String executionId) {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.filter(entry -> isOf(entry.resolve("environ"), executionId))
                    .count();
        } catch (IOException noProc) {
            throw new AssertionError(noProc);
        }
    }

    private static boolean isOf(Path environ, String executionId) {
        try {
            var variables = new String(Files.readAllBytes(environ), StandardCharsets.ISO_8859_1);
            return List.of(variables.split("\0", -1)).contains("PLEXD_EXECUTION_ID=" + executionId);
        } catch (IOException noProcessOrNotOurs) {
            return false;
        }
    }
}
