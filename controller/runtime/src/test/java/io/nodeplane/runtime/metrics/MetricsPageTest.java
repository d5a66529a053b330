package io.nodeplane.runtime.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsPageTest {
    @TempDir
    Path self;

    @Test
    void tellsTheProcessInPrometheusText() throws IOException {
        // Fields 14, 15, 20 and 24 of proc_pid_stat(5); the command holds the characters that a parser trips over.
        Files.writeString(
                self.resolve("stat"),
                "7 (java) 1 (x) S 1 7 7 0 -1 4194560 1 0 0 0 250 50 0 0 20 0 21 0 100 99999 2048 18446744073709551615");
        Files.createDirectory(self.resolve("fd"));
        Files.createFile(self.resolve("fd").resolve("0"));
        var registry = new PrometheusRegistry();

        ProcessMetrics.register(registry, self);
        var answer = new MetricsPage(registry).answer();

        var text = answer.body();
        assertEquals(200, answer.status());
        assertTrue(text.contains("\nprocess_cpu_seconds_total 3.0\n"), text);
        assertTrue(text.contains("\nprocess_threads 21.0\n"), text);
        assertTrue(text.contains("\nprocess_resident_memory_bytes 8388608.0\n"), text);
        assertTrue(text.contains("\nprocess_open_fds 1.0\n"), text);
        assertTrue(text.contains("\njvm_memory_max_bytes "), text);
    }
}
