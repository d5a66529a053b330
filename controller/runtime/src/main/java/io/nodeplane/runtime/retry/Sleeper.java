package io.nodeplane.runtime.retry;

import java.time.Duration;

/** Lets time pass; tests replace it so that none of them waits. */
@FunctionalInterface
public interface Sleeper {
    /** The real one. */
    Sleeper REAL = Thread::sleep;

    /** Blocks for the given time. */
    void sleep(Duration duration) throws InterruptedException;
}
