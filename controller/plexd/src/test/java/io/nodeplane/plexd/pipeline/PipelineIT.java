package io.nodeplane.plexd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.runtime.retry.Sleeper;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real threads, a real spool, and a second that lasts ten milliseconds. */
class PipelineIT {
    private static final Sleeper FAST = pause -> Thread.sleep(pause.dividedBy(100));
    private static final PipelineConfig CONFIG =
            new PipelineConfig(true, Duration.ofSeconds(5), Duration.ofSeconds(15), 10, Optional.empty());

    @TempDir
    Path directory;

    private final AtomicInteger produced = new AtomicInteger();

    /** One more record at each collection. */
    private final class Counting implements Source<String> {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public void collect(Intake<String> intake) throws IOException, InterruptedException {
            intake.accept(List.of("record " + produced.getAndIncrement()));
        }
    }

    /** Keeps what it accepts; away as long as told. */
    private static final class Receiver implements Outlet<String> {
        private final List<String> accepted = new ArrayList<>();
        private final CountDownLatch enough = new CountDownLatch(5);
        private volatile boolean away;

        @Override
        public void send(List<String> batch) throws ApiException {
            if (away) {
                throw new ApiException.Unreachable("connection refused", null);
            }
            synchronized (this) {
                accepted.addAll(batch);
            }
            batch.forEach(each -> enough.countDown());
        }

        synchronized List<String> accepted() {
            return List.copyOf(accepted);
        }

        boolean awaitFive() throws InterruptedException {
            return enough.await(60, TimeUnit.SECONDS);
        }
    }

    private Pipeline<String> pipeline(Receiver platform, Receiver local) {
        return new Pipeline<>(
                "audit",
                CONFIG,
                List.of(new Counting()),
                new Pipeline.Route<>(BufferFactory.onDisk("audit", directory, 1 << 20, new TextJson()), platform),
                Optional.of(new Pipeline.Route<>(BufferFactory.inMemory(1000, 1 << 20, new TextJson()), local)),
                new Pipeline.Timing(Clock.systemUTC(), FAST),
                new PipelineMetrics(new PrometheusRegistry()),
                () -> {});
    }

    private List<String> all() {
        return IntStream.range(0, produced.get()).mapToObj(i -> "record " + i).toList();
    }

    @Test
    void deliversEveryRecordOnceToBothReceiversAndTheRestAtTheEnd() throws InterruptedException {
        var platform = new Receiver();
        var local = new Receiver();
        try (var pipeline = pipeline(platform, local)) {
            pipeline.start();
            assertTrue(platform.awaitFive() && local.awaitFive());
        }

        assertEquals(all(), platform.accepted());
        assertEquals(all(), local.accepted());
    }

    @Test
    void keepsForThePlatformAcrossARestartWhatTheLocalReceiverHasLongGot() throws InterruptedException {
        var platform = new Receiver();
        var local = new Receiver();
        platform.away = true;
        try (var pipeline = pipeline(platform, local)) {
            pipeline.start();
            assertTrue(local.awaitFive());
        }
        assertEquals(List.of(), platform.accepted());
        platform.away = false;

        try (var pipeline = pipeline(platform, new Receiver())) {
            pipeline.start();
            assertTrue(platform.awaitFive());
        }

        assertEquals(all(), platform.accepted());
    }

    @Test
    void aLocalReceiverThatIsAwayHoldsUpNothing() throws InterruptedException {
        var platform = new Receiver();
        var local = new Receiver();
        local.away = true;
        try (var pipeline = pipeline(platform, local)) {
            pipeline.start();
            assertTrue(platform.awaitFive());
        }

        assertEquals(all(), platform.accepted());
    }
}
