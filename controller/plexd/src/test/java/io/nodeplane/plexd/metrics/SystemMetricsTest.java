package io.nodeplane.plexd.metrics;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemMetricsTest {
    private static final Instant NOW = Instant.parse("2026-02-20T12:00:00Z");

    @TempDir
    Path proc;

    private final List<MetricRecord> records = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    private void write(String stat) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("stat"), stat + "\ncpu0 1 2 3 4\nintr 5\n");
        Files.writeString(proc.resolve("loadavg"), "0.52 0.41 0.30 2/311 4242\n");
        Files.writeString(
                proc.resolve("meminfo"), "MemTotal:       1000 kB\nMemFree:  10 kB\nMemAvailable:    400 kB\n");
        Files.writeString(
                proc.resolve("net/dev"),
                "Inter-|   Receive                 |  Transmit\n face |bytes packets errs drop fifo frame"
                        + " compressed multicast|bytes packets errs drop fifo colls carrier compressed\n"
                        + "    lo: 999 1 0 0 0 0 0 0 999 1 0 0 0 0 0 0\n"
                        + "  eth0:1000 1 0 0 0 0 0 0 200 1 0 0 0 0 0 0\n"
                        + "  eth1: 5 1 0 0 0 0 0 0 6 1 0 0 0 0 0 0\n");
    }

    private SystemMetrics source() {
        return new SystemMetrics(proc, proc, Clock.fixed(NOW, ZoneOffset.UTC), pause -> {
            pauses.add(pause);
            try {
                write("cpu  150 0 50 900 100 0 0 0 0 0");
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    @Test
    void tellsAllMembersOfTheGroup() throws IOException, InterruptedException {
        write("cpu  100 0 0 800 100 0 0 0 0 0");

        source().collect(records::addAll);

        var metric = records.getFirst();
        assertEquals("system", metric.group());
        assertEquals(NOW, metric.timestamp());
        assertEquals(
                List.of(
                        "cpu_usage_percent",
                        "memory_used_bytes",
                        "memory_total_bytes",
                        "disk_used_bytes",
                        "disk_total_bytes",
                        "network_rx_bytes",
                        "network_tx_bytes",
                        "load_avg_1",
                        "load_avg_5",
                        "load_avg_15"),
                List.copyOf(metric.data().keySet()));
        assertEquals(50.0, metric.data().get("cpu_usage_percent"));
        assertEquals(600L * 1024, metric.data().get("memory_used_bytes"));
        assertEquals(1005L, metric.data().get("network_rx_bytes"));
        assertEquals(206L, metric.data().get("network_tx_bytes"));
        assertEquals(0.52, metric.data().get("load_avg_1"));
        assertEquals(0.3, metric.data().get("load_avg_15"));
        assertTrue(number(metric, "disk_total_bytes") > 0);
    }

    @Test
    void pausesForASecondSampleOnlyOnce() throws IOException, InterruptedException {
        write("cpu  100 0 0 800 100 0 0 0 0 0");
        var source = source();
        source.collect(records::addAll);
        write("cpu  250 0 50 1200 100 0 0 0 0 0");
        source.collect(records::addAll);

        assertEquals(List.of(Duration.ofMillis(100)), pauses);
        assertEquals(25.0, records.getLast().data().get("cpu_usage_percent"));
    }

    private static long number(MetricRecord metric, String member) {
        return requireNonNull(metric.data().get(member)).longValue();
    }

    @Test
    void namesTheFileThatIsMissing() {
        var failed = assertThrows(IOException.class, () -> source().collect(records::addAll));

        assertTrue(String.valueOf(failed.getMessage()).contains("stat"), failed.toString());
    }

    @Test
    void tellsAboutTheAgentItself() throws IOException, InterruptedException {
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/status"), "Name:\tjava\nThreads:\t17\n");
        var source = new AgentMetrics(
                proc,
                Clock.fixed(NOW, ZoneOffset.UTC),
                NOW.minusSeconds(90),
                () -> new GarbageCollections(3, Duration.ofMillis(5)),
                () -> 2);

        source.collect(records::addAll);

        var metric = records.getFirst();
        var data = metric.data();
        assertEquals(17L, data.get("goroutine_count"));
        assertEquals(5_000_000L, data.get("gc_pause_total_ns"));
        assertEquals(3L, data.get("gc_num_gc"));
        assertEquals(90L, data.get("uptime_seconds"));
        assertEquals(2L, data.get("reconnect_count"));
        assertTrue(number(metric, "heap_alloc_bytes") <= number(metric, "heap_sys_bytes"));
    }
}
