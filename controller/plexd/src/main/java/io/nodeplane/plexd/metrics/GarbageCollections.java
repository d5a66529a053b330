package io.nodeplane.plexd.metrics;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Garbage collections since the process began.
 *
 * @param time all of them together
 */
public record GarbageCollections(long count, Duration time) {
    /** Those of this process. */
    public static GarbageCollections ofThisProcess() {
        var count = 0L;
        var millis = 0L;
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            count += Math.max(0, collector.getCollectionCount());
            millis += Math.max(0, collector.getCollectionTime());
        }
        return new GarbageCollections(count, Duration.ofMillis(millis));
    }
}
