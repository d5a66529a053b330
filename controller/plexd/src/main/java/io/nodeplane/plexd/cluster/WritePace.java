package io.nodeplane.plexd.cluster;

import io.nodeplane.runtime.retry.Sleeper;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Spaces the writes of one worker by the time that the last one took: where a thousand agents begin at once, an API server that takes
 * seconds for an answer gets about as long until each of them asks again. A quick one is not waited for. For use by one thread.
 */
public final class WritePace {
    /** Answers within this time tell of an API server that can take the next request at once. */
    private static final Duration QUICK = Duration.ofMillis(250);

    /** However long an answer took. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private Duration last = Duration.ZERO;

    /** A request that changes something. */
    @FunctionalInterface
    public interface Write {
        /** Returns or fails when it is answered. */
        void send() throws ClusterFault;
    }

    /** A pace that lets the first write go at once. */
    public WritePace(Sleeper sleeper, RandomGenerator random) {
        this(sleeper, random, System::nanoTime);
    }

    WritePace(Sleeper sleeper, RandomGenerator random, LongSupplier nanoTime) {
        this.sleeper = sleeper;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /** Sends it, after up to twice the time that the last one took. */
    public void write(Write write) throws ClusterFault, InterruptedException {
        if (last.compareTo(QUICK) > 0) {
            sleeper.sleep(Duration.ofNanos((long) (2 * last.toNanos() * random.nextDouble())));
        }
        var begun = nanoTime.getAsLong();
        try {
            write.send();
        } finally {
            var took = Duration.ofNanos(nanoTime.getAsLong() - begun);
            last = took.compareTo(LONGEST) > 0 ? LONGEST : took;
        }
    }
}
