package io.nodeplane.plexd.pipeline;

import io.nodeplane.runtime.retry.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Does one piece of work again and again at times that the work itself names.
 *
 * <p>Stopping waits for a piece of work that is under way instead of interrupting it: an interrupt would close the spool's
 * file, and would leave open whether the receiver took the batch, which would then be sent twice.
 */
final class Rhythm {
    /** Work that tells when it wants to be done again. */
    @FunctionalInterface
    interface Work {
        /** The next time; the past means at once. */
        Instant once() throws InterruptedException;
    }

    private final ReentrantLock working = new ReentrantLock();
    private final Clock clock;
    private final Sleeper sleeper;
    private final Duration longest;
    private volatile boolean stopped;

    /**
     * A rhythm at rest.
     *
     * @param longest no sleep is longer, so that a clock that is set back delays nothing for hours
     */
    Rhythm(Clock clock, Sleeper sleeper, Duration longest) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.longest = longest;
    }

    /** Works until stopped or interrupted. */
    void run(Instant first, Work work) throws InterruptedException {
        var due = first;
        while (!stopped) {
            sleepUntil(due);
            working.lockInterruptibly();
            try {
                if (stopped) {
                    return;
                }
                due = work.once();
            } finally {
                working.unlock();
            }
        }
    }

    private void sleepUntil(Instant due) throws InterruptedException {
        var pause = Duration.between(clock.instant(), due);
        if (pause.isPositive()) {
            sleeper.sleep(pause.compareTo(longest) > 0 ? longest : pause);
        }
    }

    /** No new work begins. */
    void stop() {
        stopped = true;
    }

    /** Waits for the work under way, at most so long. */
    void awaitRest(Duration limit) {
        try {
            if (working.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                working.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
