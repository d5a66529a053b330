package io.nodeplane.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void hasDefaultsForAllButPaths() {
        var settings = Settings.from(Map.of("KUBECONFIG", "/k", "SCALE_DIRECTORY", "/d"));
        assertEquals(
                new Settings(1000, Duration.ofMinutes(10), Duration.ofMinutes(2), Path.of("/k"), Path.of("/d")),
                settings);
    }

    @Test
    void tellsAllFaultsAtOnce() {
        var wrong = assertThrows(
                IllegalArgumentException.class, () -> Settings.from(Map.of("SCALE_AGENTS", "many", "KUBECONFIG", " ")));
        var message = String.valueOf(wrong.getMessage());
        assertTrue(message.contains("SCALE_AGENTS: expected a whole number from 1 to 5000, got \"many\""), message);
        assertTrue(message.contains("KUBECONFIG: expected a path"), message);
        assertTrue(message.contains("SCALE_DIRECTORY: expected a path"), message);
    }
}
