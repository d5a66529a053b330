package io.nodeplane.plexd.outbox;

import java.time.Duration;

/**
 * How much an outbox keeps; over it the oldest items go and are counted.
 *
 * @param items number of items
 * @param bytes of all files together
 * @param refusedFor how long an item is tried that the control plane refuses for what may be cured outside (403, 404)
 */
public record OutboxLimits(int items, long bytes, Duration refusedFor) {
    public OutboxLimits {
        if (items < 1 || bytes < 1 || !refusedFor.isPositive()) {
            throw new IllegalArgumentException("limits of an outbox are positive");
        }
    }
}
