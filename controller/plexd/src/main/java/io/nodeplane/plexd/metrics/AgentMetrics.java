package io.nodeplane.plexd.metrics;

import io.nodeplane.plexd.pipeline.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Group {@code agent}: the process itself (protocol facts 5.3). The members keep the names of the first agent:
 * {@code goroutine_count} is the number of kernel threads, because the run time does not count virtual ones;
 * {@code heap_alloc_bytes} is the heap in use, {@code heap_sys_bytes} the heap committed.
 */
public final class AgentMetrics implements Source<MetricRecord> {
    private final ProcFiles proc;
    private final Clock clock;
    private final Instant startedAt;
    private final Supplier<GarbageCollections> collections;
    private final LongSupplier reconnects;

    /**
     * A source about this process.
     *
     * @param proc where proc(5) is mounted, {@code /proc}
     * @param startedAt of the process
     * @param collections {@code GarbageCollections::ofThisProcess}
     * @param reconnects how often the event stream was opened again
     */
    public AgentMetrics(
            Path proc,
            Clock clock,
            Instant startedAt,
            Supplier<GarbageCollections> collections,
            LongSupplier reconnects) {
        this.proc = new ProcFiles(proc);
        this.clock = clock;
        this.startedAt = startedAt;
        this.collections = collections;
        this.reconnects = reconnects;
    }

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public void collect(Intake<MetricRecord> intake) throws IOException, InterruptedException {
        var runtime = Runtime.getRuntime();
        var garbage = collections.get();
        var data = new LinkedHashMap<String, Number>();
        data.put("goroutine_count", proc.threads());
        data.put("heap_alloc_bytes", runtime.totalMemory() - runtime.freeMemory());
        data.put("heap_sys_bytes", runtime.totalMemory());
        data.put("gc_pause_total_ns", garbage.time().toNanos());
        data.put("gc_num_gc", garbage.count());
        data.put("uptime_seconds", Duration.between(startedAt, clock.instant()).toSeconds());
        data.put("reconnect_count", reconnects.getAsLong());
        intake.accept(List.of(new MetricRecord(clock.instant(), "agent", data)));
    }
}
