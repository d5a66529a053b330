package io.nodeplane.plexd.metrics;

import io.nodeplane.plexd.pipeline.Source;
import io.nodeplane.runtime.retry.Sleeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Group {@code system}: processor, memory, disk of one file system, network, load (protocol facts 5.3).
 *
 * <p>Processor use is the average since the last collection; only the first collection takes two samples 100 ms apart.
 */
public final class SystemMetrics implements Source<MetricRecord> {
    private static final Duration FIRST_SAMPLE = Duration.ofMillis(100);

    private final ProcFiles proc;
    private final Path disk;
    private final Clock clock;
    private final Sleeper sleeper;
    private ProcFiles.@Nullable CpuTimes last;

    /**
     * A source that reads files only.
     *
     * @param proc where proc(5) is mounted, {@code /proc}
     * @param disk a path on the file system to measure, {@code /}
     */
    public SystemMetrics(Path proc, Path disk, Clock clock, Sleeper sleeper) {
        this.proc = new ProcFiles(proc);
        this.disk = disk;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    @Override
    public String name() {
        return "system";
    }

    @Override
    public void collect(Intake<MetricRecord> intake) throws IOException, InterruptedException {
        var data = new LinkedHashMap<String, Number>();
        data.put("cpu_usage_percent", cpuPercent());
        var memory = proc.memory();
        var total = memory.getOrDefault("MemTotal", 0L);
        data.put("memory_used_bytes", total - memory.getOrDefault("MemAvailable", total));
        data.put("memory_total_bytes", total);
        var store = Files.getFileStore(disk);
        data.put("disk_used_bytes", store.getTotalSpace() - store.getUnallocatedSpace());
        data.put("disk_total_bytes", store.getTotalSpace());
        var network = proc.network();
        data.put("network_rx_bytes", network.received());
        data.put("network_tx_bytes", network.sent());
        var loads = proc.loads();
        data.put("load_avg_1", loads.get(0));
        data.put("load_avg_5", loads.get(1));
        data.put("load_avg_15", loads.get(2));
        intake.accept(List.of(new MetricRecord(clock.instant(), "system", data)));
    }

    private double cpuPercent() throws IOException, InterruptedException {
        var earlier = last;
        if (earlier == null) {
            earlier = proc.cpu();
            sleeper.sleep(FIRST_SAMPLE);
        }
        var now = proc.cpu();
        last = now;
        return now.busyPercentSince(earlier);
    }
}
