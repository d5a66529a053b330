package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that cannot succeed: each ends with its exit code and says why (seed "Kubernetes E2E Test"). */
class BadStartIT {
    @TempDir
    Path directory;

    private final MockApi api = MockApi.start(MockApiConfig.loopback());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void tellsAllFaultsOfABrokenConfiguration() throws Exception {
        var config = Files.writeString(directory.resolve("config.yaml"), """
                api: {base_url: 'http://control'}
                metrics:
                  batch_size: many
                  local_endpoint: {url: 'http://plain', secret_key: k}
                heartbeat: {interval: -30s}
                colour: blue
                """);
        try (var agent = AgentProcess.up(directory, config)) {
            assertEquals(2, agent.exitCode());
            var output = agent.output();
            assertTrue(output.contains("configuration has 3 fault(s)"), output);
            assertTrue(
                    output.contains("config.yaml:3: metrics.batch_size: found text \"many\", expected a whole number"),
                    output);
            assertTrue(
                    output.contains("config.yaml:4: metrics.local_endpoint.url: found text \"http://plain\""), output);
            assertTrue(output.contains("config.yaml:5: heartbeat.interval: found text \"-30s\""), output);
        }
    }

    @Test
    void listsTheTokenSourcesWhenThereIsNoToken() throws Exception {
        var output = failing(Map.of());

        assertTrue(
                output.contains("no bootstrap token found; sources tried: registration.token_value (not set)"), output);
        assertTrue(output.contains("variable PLEXD_BOOTSTRAP_TOKEN (not set)"), output);
        assertEquals(0, api.count("registration"));
    }

    @Test
    void refusesATokenOfSixHundredBytes() throws Exception {
        var output = failing(Map.of("PLEXD_BOOTSTRAP_TOKEN", "t".repeat(600)));

        assertTrue(output.contains("bootstrap token has 600 characters, expected 1 to 512"), output);
        assertFalse(output.contains("tttt"), "the token is printed");
    }

    @Test
    void keepsItsTokenWhenTheDataDirectoryIsAFile() throws Exception {
        Files.writeString(directory.resolve("data"), "in the way");

        var output = failing(Map.of("PLEXD_BOOTSTRAP_TOKEN", "e2e-test-token"));

        assertTrue(output.contains("cannot take an identity"), output);
        assertEquals(0, api.count("registration"));
    }

    @Test
    void answersHelpAndVersionAndRefusesUnknownArguments() throws Exception {
        try (var help = AgentProcess.start(directory, Map.of(), "up", "--help");
                var version = AgentProcess.start(directory, Map.of(), "--version");
                var wrong = AgentProcess.start(directory, Map.of(), "up", "--colour", "blue")) {
            assertEquals(0, help.exitCode());
            assertTrue(help.output().contains("--config=FILE"), help.output());
            assertEquals(0, version.exitCode());
            assertTrue(version.output().startsWith("plexd "), version.output());
            assertEquals(2, wrong.exitCode());
            assertTrue(wrong.output().contains("--colour"), wrong.output());
        }
    }

    private String failing(Map<String, String> token) throws Exception {
        var variables = new HashMap<>(token);
        variables.put("PLEXD_HEALTH_LISTEN", "127.0.0.1:0");
        var config = AgentProcess.seedConfig(directory, api);
        try (var agent = AgentProcess.start(directory, variables, "up", "--config", config.toString())) {
            assertEquals(1, agent.exitCode(), agent.output());
            return agent.output();
        }
    }
}
