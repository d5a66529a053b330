package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.ActionFailed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run with a limit, on a thread of its own that is interrupted when the limit has passed or somebody cancels. What had already
 * ended then, has ended. Thread-safe.
 */
final class TimedRun {
    private static final Logger LOG = LoggerFactory.getLogger(TimedRun.class);

    /** For a run to end after its interrupt: killing and reading the rest takes half a second (protocol facts 8.1). */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** What is run. */
    @FunctionalInterface
    interface Body {
        /** Gives an exit code. */
        int run() throws ActionFailed, InterruptedException;
    }

    /** How it ended. */
    sealed interface End {
        /** By itself. */
        record Exited(int code) implements End {}

        /** It was not run. */
        record NotRun(String reason) implements End {}

        /** The limit passed. */
        record TimedOut() implements End {}

        /** Somebody cancelled. */
        record Cancelled() implements End {}
    }

    private final Body body;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile @Nullable End end;

    TimedRun(String name, Body body) {
        this.body = body;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::runBody);
    }

    /** Runs and waits; an interrupt of the caller cancels. */
    End within(Duration limit) throws InterruptedException {
        thread.start();
        try {
            if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                thread.interrupt();
                awaitGrace();
            }
        } catch (InterruptedException stopped) {
            cancel();
            awaitGrace();
            throw stopped;
        }
        var own = end;
        if (own != null) {
            return own;
        }
        return cancelled ? new End.Cancelled() : new End.TimedOut();
    }

    /** Ends the run, if it still runs; returns at once. */
    void cancel() {
        cancelled = true;
        thread.interrupt();
    }

    private void awaitGrace() throws InterruptedException {
        if (!ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.atWarn().addKeyValue("run", thread.getName()).log("action does not end after its interrupt");
        }
    }

    private void runBody() {
        try {
            if (!cancelled) {
                end = new End.Exited(body.run());
            }
        } catch (ActionFailed notRun) {
            end = new End.NotRun(String.valueOf(notRun.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.atError().addKeyValue("run", thread.getName()).setCause(bug).log("action died");
            end = new End.NotRun("the agent failed while it ran the action");
        } finally {
            ended.countDown();
        }
    }
}
