package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import io.nodeplane.mockapi.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers to a registration that the agent must survive or refuse. */
class RegistrationAnswersIT {
    private static final Duration PHASE = Duration.ofSeconds(60);
    private static final String GOOD_KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
    private static final String GOOD_SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    @TempDir
    Path directory;

    private final MockApi api = MockApi.start(MockApiConfig.loopback());

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "n-1, 10.99.0.2, " + GOOD_KEY + ", ABCDEFGHIJKLMNOPQRSTUVWXYZ01234, node_secret_key",
        "n-1, 10.99.0.2, AAAA, " + GOOD_SECRET + ", signing_public_key",
        "'', 10.99.0.2, " + GOOD_KEY + ", " + GOOD_SECRET + ", node_id",
        "n-1, '', " + GOOD_KEY + ", " + GOOD_SECRET + ", mesh_ip",
    })
    void refusesAnAnswerThatNoNodeCanUse(
            String nodeId, String meshIp, String signingKey, String secretKey, String named) throws Exception {
        var body = """
                {"node_id": "%s", "mesh_ip": "%s", "signing_public_key": "%s", "node_secret_key": "%s", "peers": []}
                """.formatted(nodeId, meshIp, signingKey, secretKey);
        api.fault(Fault.on("POST /v1/register").status(200).body(body));

        var output = failing();

        assertTrue(output.contains("registration was refused"), output);
        assertTrue(output.contains(named), output);
        assertFalse(Files.exists(directory.resolve("data/identity.json")));
        assertFalse(secretKey.length() > 8 && output.contains(secretKey), "the key is printed");
    }

    @Test
    void refusesATruncatedAnswer() throws Exception {
        api.fault(Fault.on("POST /v1/register").truncate(40));

        assertTrue(failing().contains("registration was refused"));
    }

    @Test
    void refusesAnAnswerOfTwentyMebibytes() throws Exception {
        api.fault(Fault.on("POST /v1/register").status(200).bodySize(20 << 20));

        var output = failing();

        assertTrue(output.contains("registration was refused"), output);
        assertFalse(output.contains("OutOfMemoryError"), output);
    }

    @Test
    void waitsAsLongAsARateLimitInSecondsSays() throws Exception {
        api.fault(Fault.on("POST /v1/register")
                .status(429)
                .header("Retry-After", "2")
                .times(1));

        assertTrue(secondsUntilRegistered() >= 2);
    }

    @Test
    void waitsAsLongAsARateLimitAsADateSays() throws Exception {
        var soon = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(20);
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(soon);
        api.fault(Fault.on("POST /v1/register")
                .status(429)
                .header("Retry-After", date)
                .times(1));

        secondsUntilRegistered();

        assertTrue(!ZonedDateTime.now(ZoneOffset.UTC).isBefore(soon.withNano(0)), "registered before " + date);
    }

    @Test
    void registersAnewWhenItsCredentialIsRefusedForGood() throws Exception {
        var config = AgentProcess.seedConfig(directory, api);
        try (var agent = AgentProcess.up(directory, config)) {
            api.await("heartbeat", 1, PHASE);
            api.fault(Fault.on("POST /v1/nodes/*/heartbeat").status(401).times(1));
            api.await("registration", 2, Duration.ofSeconds(90));
            api.await("heartbeat", 2, PHASE);
            assertTrue(agent.output().contains("file set aside"), agent.output());
        }
        try (var files = Files.list(directory.resolve("data"))) {
            assertTrue(files.anyMatch(file -> file.toString().contains("identity.json.rejected-")));
        }
    }

    private long secondsUntilRegistered() throws Exception {
        var config = AgentProcess.seedConfig(directory, api);
        var before = System.nanoTime();
        try (var _ = AgentProcess.up(directory, config)) {
            api.await("registration", 1, PHASE);
            api.await("heartbeat", 1, PHASE);
            return Duration.ofNanos(System.nanoTime() - before).toSeconds();
        }
    }

    private String failing() throws Exception {
        try (var agent = AgentProcess.up(directory, AgentProcess.seedConfig(directory, api))) {
            assertEquals(1, agent.exitCode(), agent.output());
            return agent.output();
        }
    }
}
