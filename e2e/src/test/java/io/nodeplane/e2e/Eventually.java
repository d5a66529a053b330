package io.nodeplane.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for a cluster to become what it should be, and tells what it was instead. */
final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private Eventually() {}

    /**
     * Repeats the check until it passes.
     *
     * @throws AssertionError the last one, with the limit, when the time is over
     */
    static void within(Duration limit, ThrowingCheck check) throws Exception {
        valueWithin(limit, () -> {
            check.run();
            return true;
        });
    }

    /** Repeats the question until it is answered without an assertion error or an I/O error. */
    static <T> T valueWithin(Duration limit, Callable<T> question) throws Exception {
        var end = Instant.now().plus(limit);
        while (true) {
            try {
                return question.call();
            } catch (AssertionError | java.io.IOException notYet) {
                if (Instant.now().isAfter(end)) {
                    throw new AssertionError("after " + limit.toSeconds() + " s still: " + notYet.getMessage(), notYet);
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /** A check that throws {@link AssertionError} as long as it does not pass. */
    @FunctionalInterface
    interface ThrowingCheck {
        void run() throws Exception;
    }
}
