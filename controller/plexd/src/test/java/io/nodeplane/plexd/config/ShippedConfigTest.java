package io.nodeplane.plexd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.environment.KubernetesEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration files of the bundle, read by the agent that they are for (protocol facts 11.1, K13). */
class ShippedConfigTest {
    private static final Path BUNDLE = Path.of("../../kustomize");
    private static final Path BASE = BUNDLE.resolve("base/plexd/config.yaml");
    private static final Pattern COMMENTED_KEY = Pattern.compile("(?m)^( *)# ( *(?:[a-z_]+:|#).*)$");
    private static final Surroundings POD = new Surroundings(
            Optional.of(new KubernetesEnvironment("plexd-system", "plexd-x", "node-1", Path.of("token"))), "node-1");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"base/plexd/config.yaml", "production/config.yaml", "e2e/config.yaml"})
    void loadsWithoutFaultOrWarning(String file) throws IOException {
        var loaded = load(BUNDLE.resolve(file));

        assertEquals(List.of(), loaded.warnings());
    }

    @Test
    void showsTheDefaultOfEveryCommentedKey() throws IOException {
        var text = Files.readString(BASE);
        var uncommented = COMMENTED_KEY.matcher(text).replaceAll("$1$2");
        var all = load(Files.writeString(directory.resolve("config.yaml"), uncommented));
        var plain = load(BASE).config();

        assertNotEquals(text, uncommented);
        assertEquals(List.of(), all.warnings());
        assertTrue(all.config().metrics().localEndpoint().isPresent(), "the example of a local endpoint");
        assertEquals(plain.api(), all.config().api());
        assertEquals(plain.registration(), all.config().registration());
        assertEquals(plain.heartbeatInterval(), all.config().heartbeatInterval());
        assertEquals(plain.reconcileInterval(), all.config().reconcileInterval());
        assertEquals(plain.logs(), all.config().logs());
        assertEquals(plain.audit(), all.config().audit());
        assertEquals(plain.health(), all.config().health());
        assertEquals(plain.kubernetes(), all.config().kubernetes());
        assertEquals(plain.hooks(), all.config().hooks());
        assertEquals(plain.actions(), all.config().actions());
        assertEquals(plain.integrity(), all.config().integrity());
    }

    private static ConfigFile load(Path path) throws IOException {
        return ConfigFile.load(path, Map.of(), Map.of(), POD);
    }
}
