package io.nodeplane.plexd.pipeline;

import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Sleeper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Collects from sources into buffers and sends from the buffers, each way at its own pace (protocol facts 5.6).
 *
 * <p>One thread collects, one sends to the platform, one to the local endpoint if there is one. The ways share nothing but
 * the collected records: a local endpoint that is away never holds up the platform, and the platform never the endpoint.
 * Closing collects and sends a last time and takes at most about 3 s.
 *
 * @param <R> the record
 */
public final class Pipeline<R> implements Part {
    /** For work under way when the process stops; the rest of the 10 s of a pod's end belongs to others (facts 8.6). */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    private static final Duration LAST_FLUSH_LIMIT = Duration.ofMillis(1500);
    private static final Duration GRACE = Duration.ofMillis(200);

    /** A first collection that hangs must not keep back what an earlier process left in the spool. */
    private static final Duration FIRST_COLLECTION_LIMIT = Duration.ofSeconds(10);

    /** A receiver and the buffer in front of it. */
    public record Route<R>(BufferFactory<R> buffer, Outlet<R> outlet) {}

    /** What passes the time. */
    public record Timing(Clock clock, Sleeper sleeper) {}

    private final String name;
    private final PipelineConfig config;
    private final Timing timing;
    private final Runnable onDeath;
    private final Collection<R> collection;
    private final int sources;
    private final List<Leg<R>> legs = new ArrayList<>();
    private final List<Rhythm> rhythms = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final CountDownLatch collectedOnce = new CountDownLatch(1);

    /**
     * A pipeline at rest; opens its buffers.
     *
     * @param name {@code metrics}, {@code logs} or {@code audit}: thread names, metric label, log key
     * @param config its local endpoint is not looked at: {@code local} says whether there is one
     * @param platform decides alone how long records are kept
     * @param local gets every record collected by this process, with a buffer and retries of its own
     * @param onDeath told when a thread dies of a bug
     */
    public Pipeline(
            String name,
            PipelineConfig config,
            List<Source<R>> sources,
            Route<R> platform,
            Optional<Route<R>> local,
            Timing timing,
            PipelineMetrics metrics,
            Runnable onDeath) {
        this.name = name;
        this.config = config;
        this.timing = timing;
        this.onDeath = onDeath;
        this.collection = new Collection<>(name, sources, new Legs());
        this.sources = sources.size();
        legs.add(new Leg<>(name, platform, config.batchSize(), timing.clock(), metrics));
        local.ifPresent(
                route -> legs.add(new Leg<>(name + "-local", route, config.batchSize(), timing.clock(), metrics)));
    }

    /** Takes records in for each leg. The platform's decides how long they are kept. */
    private final class Legs implements Source.Intake<R> {
        @Override
        public void accept(List<R> records) throws IOException {
            if (records.isEmpty()) {
                return;
            }
            for (var leg : legs) {
                leg.append(records);
            }
        }

        @Override
        public boolean isKept() {
            return legs.getFirst().isKept();
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** How the way to the platform is. */
    public PipelineStanding standing() {
        return legs.getFirst().standing(sources);
    }

    @Override
    public void start() {
        run(name + "-collect", config.collectInterval(), this::collectAtTicks);
        run(name + "-send", config.reportInterval(), rhythm -> sendAtTicks(legs.getFirst(), rhythm));
        if (legs.size() > 1) {
            run(name + "-send-local", config.reportInterval(), rhythm -> sendAtTicks(legs.getLast(), rhythm));
        }
    }

    @FunctionalInterface
    private interface Loop {
        void run(Rhythm rhythm) throws InterruptedException;
    }

    private void run(String thread, Duration interval, Loop loop) {
        var rhythm = new Rhythm(timing.clock(), timing.sleeper(), interval);
        rhythms.add(rhythm);
        var worker = new Worker(thread, () -> loop.run(rhythm), onDeath);
        workers.add(worker);
        worker.start();
    }

    private void collectAtTicks(Rhythm rhythm) throws InterruptedException {
        var start = timing.clock().instant();
        rhythm.run(start, () -> {
            collection.once();
            collectedOnce.countDown();
            return nextTick(start, config.collectInterval());
        });
    }

    /** Ticks that were missed are left out: they must not pile up. */
    private Instant nextTick(Instant start, Duration interval) {
        var passed = Duration.between(start, timing.clock().instant());
        return start.plus(interval.multipliedBy(Math.max(0, passed.dividedBy(interval)) + 1));
    }

    private void sendAtTicks(Leg<R> leg, Rhythm rhythm) throws InterruptedException {
        var _ = collectedOnce.await(FIRST_COLLECTION_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        var schedule = new FlushSchedule(timing.clock().instant(), config.reportInterval());
        rhythm.run(schedule.after(schedule.start()), () -> {
            var notBefore = leg.flush();
            var due = schedule.after(timing.clock().instant());
            return due.isAfter(notBefore) ? due : notBefore;
        });
    }

    @Override
    public void close() {
        rhythms.forEach(Rhythm::stop);
        rhythms.forEach(rhythm -> rhythm.awaitRest(STOP_LIMIT.dividedBy(rhythms.size())));
        workers.forEach(Worker::close);
        if (!workers.isEmpty()) {
            lastFlush();
        }
        workers.clear();
        legs.forEach(Leg::close);
        collection.close();
    }

    private void lastFlush() {
        var last = Thread.ofVirtual().name(name + "-last-flush").start(this::collectAndFlush);
        try {
            if (!last.join(LAST_FLUSH_LIMIT)) {
                last.interrupt();
                last.join(GRACE);
            }
        } catch (InterruptedException interrupted) {
            last.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void collectAndFlush() {
        var flushes = new ArrayList<Thread>();
        try {
            collection.once();
            for (var leg : legs) {
                flushes.add(Thread.ofVirtual().name(name + "-last-flush").start(() -> flush(leg)));
            }
            for (var flush : flushes) {
                flush.join();
            }
        } catch (InterruptedException tooLate) {
            flushes.forEach(Thread::interrupt);
        }
    }

    private static void flush(Leg<?> leg) {
        try {
            leg.flush();
        } catch (InterruptedException tooLate) {
            Thread.currentThread().interrupt();
        }
    }
}
