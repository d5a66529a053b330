package io.nodeplane.plexd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.local.LocalEndpointConfig;
import io.nodeplane.runtime.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    private static final Surroundings MACHINE = new Surroundings(Optional.empty(), "machine-1");

    /** Verbatim: seed "Kubernetes E2E Test", section "plexd Configuration". */
    private static final String SEED_CONFIG_MAP = """
            api:
              base_url: http://mock-api.plexd-e2e:8080
            registration:
              data_dir: /var/lib/plexd
            node_api:
              data_dir: /var/lib/plexd
            heartbeat:
              node_id: e2e-k8s-node
            metrics:
              local_endpoint:
                url: https://mock-api.plexd-e2e:8443/local/metrics
                secret_key: local-bearer-token
                tls_insecure_skip_verify: true
            log_fwd:
              local_endpoint:
                url: https://mock-api.plexd-e2e:8443/local/logs
                secret_key: local-bearer-token
                tls_insecure_skip_verify: true
            audit_fwd:
              local_endpoint:
                url: https://mock-api.plexd-e2e:8443/local/audit
                secret_key: local-bearer-token
                tls_insecure_skip_verify: true
            """;

    @TempDir
    Path directory;

    @Test
    void loadsTheSeedsConfigMapWithoutFaultOrWarning() throws IOException {
        var loaded = load(SEED_CONFIG_MAP, Map.of());

        assertEquals(List.of(), loaded.warnings());
        assertEquals(
                URI.create("http://mock-api.plexd-e2e:8080"),
                loaded.config().api().baseUrl());
        assertEquals(Path.of("/var/lib/plexd"), loaded.config().dataDir());
        assertTrue(loaded.config().metrics().enabled());
        assertEquals(
                Optional.of(new LocalEndpointConfig(
                        URI.create("https://mock-api.plexd-e2e:8443/local/audit"), "local-bearer-token", true)),
                loaded.config().audit().localEndpoint());
    }

    @Test
    void theTestsOverlayHasTheSeedsConfigMapAndNothingElse() throws IOException {
        assertEquals(SEED_CONFIG_MAP, Files.readString(Path.of("../../kustomize/e2e/config.yaml")));
    }

    @Test
    void livesWithoutAFileWhenTheControlPlaneIsNamedElsewhere() throws IOException {
        var missing = directory.resolve("missing.yaml");

        var loaded = ConfigFile.load(missing, Map.of("PLEXD_API", "http://control"), Map.of(), MACHINE);

        assertEquals(List.of("config file not found: " + missing), loaded.warnings());
        assertEquals(URI.create("http://control"), loaded.config().api().baseUrl());
    }

    @Test
    void asksForTheControlPlaneWhenThereIsNoFile() {
        var missing = directory.resolve("missing.yaml");

        var told = String.valueOf(
                assertThrows(ConfigException.class, () -> ConfigFile.load(missing, Map.of(), Map.of(), MACHINE))
                        .getMessage());
        assertTrue(told.contains("api.base_url: found nothing") && told.contains("PLEXD_API"), told);
    }

    @Test
    void refusesAnEmptyFile() {
        var told = String.valueOf(
                assertThrows(ConfigException.class, () -> load("", Map.of())).getMessage());
        assertTrue(told.contains("an empty file"), told);
    }

    @Test
    void warnsAboutUnknownKeysAndDangers() throws IOException {
        var loaded = load(
                "api: {base_url: 'http://c', tls_insecure_skip_verify: true}\nmode: bridge\nmesh: {x: 1}\n", Map.of());

        assertEquals(3, loaded.warnings().size());
        assertTrue(
                loaded.warnings().get(0).contains(":3: unknown key mesh is ignored"),
                loaded.warnings().get(0));
    }

    @Test
    void prefersFlagToVariableToFile() throws IOException {
        var yaml = "api: {base_url: 'http://file'}\nlog_level: error\n";
        var file = Files.writeString(directory.resolve("config.yaml"), yaml);
        var variables = Map.of("PLEXD_API", "http://variable", "PLEXD_LOG_LEVEL", "warn");

        var config = ConfigFile.load(file, variables, Map.of("--api", "http://flag"), MACHINE)
                .config();

        assertEquals(URI.create("http://flag"), config.api().baseUrl());
        assertEquals("warn", config.logLevel());
    }

    private ConfigFile load(String yaml, Map<String, String> variables) throws IOException {
        var file = Files.writeString(directory.resolve("config.yaml"), yaml);
        return ConfigFile.load(file, variables, Map.of(), MACHINE);
    }
}
