package io.nodeplane.plexd.pipeline;

import java.time.Duration;
import java.time.Instant;

/**
 * When a pipeline sends: 2 s after its first collection, then after 30 s or one interval, whichever is shorter, then at every
 * whole interval since the first collection (protocol facts 5.6: a fresh node shows up at once and a second time within the
 * e2e test's window).
 *
 * @param start when the first collection was done
 * @param interval of the regular flushes
 */
record FlushSchedule(Instant start, Duration interval) {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration SECOND = Duration.ofSeconds(30);

    /** The first flush after a time. */
    Instant after(Instant now) {
        var first = start.plus(FIRST);
        var second = start.plus(interval.compareTo(SECOND) < 0 ? interval : SECOND);
        if (now.isBefore(first)) {
            return first;
        }
        if (now.isBefore(second)) {
            return second;
        }
        return start.plus(interval.multipliedBy(Duration.between(start, now).dividedBy(interval) + 1));
    }
}
