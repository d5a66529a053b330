package io.nodeplane.runtime.lifecycle;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One named virtual thread that runs a body until the body returns or the worker is closed, which interrupts it.
 *
 * <p>A body that throws is a bug: it is logged with its stack trace and {@code onDeath} is told, so that the process can
 * become unready instead of going on silently without the feature. Thread-safe.
 */
public final class Worker implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    /** What the thread does; ends on interruption. */
    @FunctionalInterface
    public interface Body {
        /** Runs until done or interrupted. */
        void run() throws InterruptedException;
    }

    private final String name;
    private final Body body;
    private final Runnable onDeath;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    public Worker(String name, Body body, Runnable onDeath) {
        this.name = name;
        this.body = body;
        this.onDeath = onDeath;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        var fresh = Thread.ofVirtual().name(name).unstarted(this::runBody);
        if (!thread.compareAndSet(null, fresh)) {
            throw new IllegalStateException("worker " + name + " was started twice");
        }
        fresh.start();
    }

    @Override
    public void close() {
        var running = thread.get();
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            if (!running.join(STOP_LIMIT)) {
                LOG.atWarn().addKeyValue("worker", name).log("worker did not stop in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runBody() {
        try {
            body.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            LOG.atError().addKeyValue("worker", name).setCause(bug).log("worker died");
            onDeath.run();
        }
    }
}
