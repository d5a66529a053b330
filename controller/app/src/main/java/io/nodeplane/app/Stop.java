package io.nodeplane.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into an interrupt of the main thread, and the end of the main thread into exit code 0.
 *
 * <p>Without it the virtual machine would end with 143 whether or not the last flush was done.
 */
final class Stop {
    /** Below the 10 s that a stop may take (protocol facts 8.6). */
    private static final Duration LIMIT = Duration.ofMillis(9_500);

    private final Thread main;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Stop(Thread main) {
        this.main = main;
    }

    /** From now on the calling thread is interrupted when the process is to stop. */
    static Stop install() {
        var stop = new Stop(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop::stopMain));
        return stop;
    }

    /** The main thread has nothing left to do; its exit code counts from now on. */
    void ended() {
        ended.countDown();
    }

    private void stopMain() {
        if (ended.getCount() == 0) {
            return;
        }
        main.interrupt();
        try {
            var inTime = ended.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt(inTime ? 0 : 1);
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }
}
