package io.nodeplane.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.WireContract;
import io.nodeplane.mockapi.capture.CapturedRequest;
import io.nodeplane.mockapi.fault.Fault;
import io.nodeplane.mockapi.platform.Nsk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scenario in the platform's contract, and what that contract has alone. */
class PlatformScenarioIT extends ContractScenario {
    private static final String TOKEN = "psb_test_e2eproject_node_e2ee2ee2ee2ee2ee2ee2e22";
    private static final int PRINTED = 40_000;
    private static final String PROJECT = "0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a0";

    PlatformScenarioIT() {
        super(WireContract.V1_2026, TOKEN);
    }

    @Override
    String registration() {
        return claim("edge-1");
    }

    private static String claim(String handle) {
        return "project_id: " + PROJECT + "\nresource_handle: " + handle;
    }

    @Override
    String stateChanged(int number) {
        return "{\"id\":\"e-" + number
                + "\",\"type\":\"policy_updated\",\"payload\":{ \"note\":\"a<b>&c\", \"n\":1.50 }}";
    }

    @Override
    void inject(String event) {
        api.platform().inject(event);
    }

    @Override
    void awaitReport(boolean deleted) throws InterruptedException {
        api.await(deleted ? "report_delete" : "report_put", 1, PHASE);
    }

    @Test
    void leavesAlthoughTheControlPlaneCannotBeTold() throws Exception {
        var config = config();
        try (var agent = up(config)) {
            api.await("heartbeat", 1, PHASE);
            agent.awaitOutput("node API listens");
            try (var leave = AgentProcess.start(directory, Map.of(), "deregister", "--config", config.toString())) {
                assertEquals(0, leave.exitCode(), leave.output());
            }
            assertEquals(0, agent.exitCode(), agent.output());
            assertTrue(agent.output().contains("remove its resource there"), agent.output());
            assertFalse(Files.exists(data("identity.json")));
        }
    }

    @Test
    void rotatesItsMeshKey() throws Exception {
        try (var _ = up(config())) {
            api.await("heartbeat", 1, PHASE);
            awaitStream();
            var before = Files.readString(data("private_key"));

            inject("{\"id\":\"r-1\",\"type\":\"rotate_keys\"}");
            api.await("key_rotate", 1, PHASE);

            awaitFile("identity.json", "last_rotation");
            assertNotEquals(before, Files.readString(data("private_key")));
            assertFalse(Files.exists(data("rotation_pending_key")));
        }
        assertEquals(List.of(), api.refusals());
    }

    @Test
    void goesOnWithARotationAfterARestart() throws Exception {
        var config = config();
        api.fault(Fault.on("POST /v1/keys/rotate").cut(Fault.Cut.AFTER));
        String staged;
        try (var agent = up(config)) {
            api.await("heartbeat", 1, PHASE);
            awaitStream();
            inject("{\"id\":\"r-1\",\"type\":\"rotate_keys\"}");
            api.await("key_rotate", 1, PHASE);
            staged = Files.readString(data("rotation_pending_key"));
            agent.terminate();
        }
        api.clearFaults();

        try (var _ = up(config)) {
            awaitFile("identity.json", "last_rotation");
            assertEquals(staged, Files.readString(data("private_key")));
        }
    }

    @Test
    void believesARotatedSigningKeyAlsoAfterARestart() throws Exception {
        var config = config();
        try (var agent = up(config)) {
            api.await("heartbeat", 1, PHASE);
            awaitStream();
            api.platform().rotateSigningKey("did:web:plexsphere.com#key-2", Duration.ofMinutes(5));
            awaitFile("identity.json", "#key-2");
            pullsOnEvent(1);
            agent.terminate();
        }
        try (var _ = up(config)) {
            pullsOnEvent(2);
        }
    }

    @Test
    void runsWhatIsPulledAndRefusesWhatItDoesNotKnow() throws Exception {
        api.platform().state("""
            {"executions": [{"execution_id": "e-1", "action": "system.info", "type": "builtin",
              "parameters": {"lines": 3}, "requested_at": "2026-01-01T00:00:00Z", "expires_at": "2999-01-01T00:00:00Z"},
              {"execution_id": "e-2", "action": "no.such", "type": "builtin",
              "parameters": null, "requested_at": "2026-01-01T00:00:00Z", "expires_at": "2999-01-01T00:00:00Z"}]}
            """);
        try (var _ = up(config())) {
            api.await("execution_callback", 6, PHASE);
            assertEquals(
                    Map.of("e-1", "succeeded", "e-2", "failed"), api.platform().executions());
            var bodies = api.requests("execution_callback", 0).stream()
                    .map(CapturedRequest::json)
                    .toList();
            assertTrue(
                    bodies.stream().anyMatch(body -> body.path("error").asText().equals("unknown_action")),
                    bodies::toString);
            var output = bodies.stream()
                    .map(body -> body.path("output").path("inline").asText())
                    .filter(inline -> !inline.isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertTrue(new String(Base64.getDecoder().decode(output), UTF_8).contains("\"hostname\""), output);
        }
        assertEquals(List.of(), api.refusals());
    }

    @Test
    void uploadsAnOutputThatNoCallbackCanCarry() throws Exception {
        try (var _ = up(withPrintingHook())) {
            api.await("execution_upload", 1, PHASE);
            api.await("execution_callback", 4, PHASE);

            assertEquals(Map.of("e-1", "succeeded"), api.platform().executions());
            var upload = api.last("execution_output").orElseThrow();
            assertEquals("x".repeat(PRINTED), upload.body().text());
            assertEquals("application/octet-stream", upload.headers().get("content-type"));
            var output = lastOutput();
            assertEquals("exec-output/e-1", output.path("object_key").asText(), output::toString);
        }
        assertEquals(List.of(), api.refusals());
    }

    @Test
    void tellsTheBeginningOfAnOutputWhoseUploadIsRefused() throws Exception {
        api.fault(Fault.on("PUT /exec-output/*").status(403));
        try (var agent = up(withPrintingHook())) {
            api.await("execution_callback", 4, PHASE);

            assertEquals(Map.of("e-1", "succeeded"), api.platform().executions());
            var inline = new String(
                    Base64.getDecoder().decode(lastOutput().path("inline").asText()), UTF_8);
            assertTrue(inline.startsWith("xxx"), inline);
            assertTrue(inline.endsWith("[truncated] " + PRINTED + " bytes in all, the upload failed"), inline);
            agent.awaitOutput("output cannot be uploaded and is told cut");
            assertFalse(agent.output().contains("exec-upload-0001"), "the token of the upload is printed");
        }
        assertEquals(List.of(), api.refusals());
    }

    private JsonNode lastOutput() {
        return api.last("execution_callback").orElseThrow().json().path("output");
    }

    /** A hook that prints more than a callback carries, and a wish to run it. */
    private Path withPrintingHook() throws Exception {
        var hooks = Files.createDirectory(directory.resolve("hooks"));
        var hook = hooks.resolve("print");
        Files.writeString(hook, "#!/bin/sh\nhead -c " + PRINTED + " /dev/zero | tr '\\0' x\n");
        assertTrue(hook.toFile().setExecutable(true));
        api.platform().state("""
            {"executions": [{"execution_id": "e-1", "action": "print", "type": "hook", "parameters": null,
              "requested_at": "2026-01-01T00:00:00Z", "expires_at": "2999-01-01T00:00:00Z"}]}
            """);
        var config = config();
        Files.writeString(config, "actions: {hooks_dir: '" + hooks + "'}\n", StandardOpenOption.APPEND);
        return config;
    }

    @Test
    void isReadyWithoutEvents() throws Exception {
        api.platform().descopeEvents(true);
        try (var agent = up(config())) {
            agent.awaitOutput("no event stream, pulling the state instead");
            api.await("metrics", 1, PHASE);
            try (var ready = agent.health().resolve("/readyz").toURL().openStream()) {
                assertEquals("ok\n", new String(ready.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void asksWithOneNonceUntilItIsAnswered() throws Exception {
        api.fault(Fault.on("POST /v1/register").cut(Fault.Cut.AFTER).times(1));
        try (var _ = up(config())) {
            api.await("heartbeat", 1, PHASE);
        }
        var nonces = api.requests("register", 0).stream()
                .map(request -> request.json().path("nonce").asText())
                .toList();
        assertEquals(2, nonces.size());
        assertEquals(1, nonces.stream().distinct().count());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "psb_test_e2eproject_node_consumedaaaaaaaaaaaa, edge-1,           token_consumed",
        "psb_test_e2eproject_node_expiredaaaaaaaaaaaaa, edge-1,           token_expired",
        "psb_test_e2eproject_node_e2ee2ee2ee2ee2ee2ee2e22, unknown-resource, resource_not_found",
    })
    void saysWhyItWasRefused(String token, String handle, String code) throws Exception {
        try (var agent = AgentProcess.up(directory, config(claim(handle)), token)) {
            assertEquals(1, agent.exitCode(), agent.output());
            assertTrue(agent.output().contains(code), agent.output());
            assertTrue(agent.output().contains("correlation"), agent.output());
            assertFalse(agent.output().contains(token), "the token is printed");
        }
    }

    @Test
    void keepsItsContractWhenTheClaimIsGoneFromTheConfiguration() throws Exception {
        try (var agent = up(config())) {
            api.await("heartbeat", 1, PHASE);
            agent.terminate();
        }
        try (var agent = up(config(""))) {
            api.await("heartbeat", 2, PHASE);
            assertTrue(agent.output().contains("node was registered under another contract"), agent.output());
        }
        assertEquals(1, api.count("registration"));
        assertEquals(0, api.count("unauthorized"));
    }

    @Test
    void printsNoSecret() throws Exception {
        try (var agent = AgentProcess.start(
                directory,
                Map.of("PLEXD_BOOTSTRAP_TOKEN", TOKEN, "PLEXD_HEALTH_LISTEN", "127.0.0.1:0"),
                "up",
                "--log-level",
                "debug",
                "--config",
                config().toString())) {
            api.await("local_logs", 1, PHASE);
            agent.terminate();

            var output = agent.output();
            var nodeId = api.nodes().getFirst().nodeId();
            for (var secret : List.of(
                    TOKEN,
                    Nsk.BASE64,
                    Nsk.bearer("plexd", nodeId),
                    Files.readString(data("private_key")),
                    "e2e-local-bearer-token")) {
                assertFalse(output.contains(secret), "a secret is printed");
            }
        }
    }

    private Path data(String name) {
        return directory.resolve("data").resolve(name);
    }

    private void awaitFile(String name, String text) throws Exception {
        for (var attempt = 0; attempt < 600; attempt++) {
            if (Files.exists(data(name)) && Files.readString(data(name)).contains(text)) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(name + " never had " + text);
    }
}
