package io.nodeplane.plexd.events;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers nonces so that a recorded event is not taken twice (protocol facts 3.6).
 *
 * <p>Bounded in time, because older events are refused as stale anyway, and in number: what is forgotten early raises a floor
 * in time, below which nothing is new. The same floor, kept over a restart, stands for the nonces of the last process. Not
 * thread-safe.
 */
final class ReplayGuard {
    private final Duration window;
    private final int capacity;
    private final Map<String, Instant> seen = new LinkedHashMap<>();
    private Instant floor;

    /**
     * Remembers nothing yet.
     *
     * @param floor events issued then or before count as seen
     */
    ReplayGuard(Duration window, int capacity, Instant floor) {
        this.window = window;
        this.capacity = capacity;
        this.floor = floor;
    }

    /** Whether this is the first time; remembers it if so. */
    boolean isFirst(String nonce, Instant issuedAt, Instant now) {
        forgetOlderThan(now.minus(window));
        if (!issuedAt.isAfter(floor) || seen.containsKey(nonce)) {
            return false;
        }
        seen.put(nonce, issuedAt);
        if (seen.size() > capacity) {
            forgetEldest();
        }
        return true;
    }

    private void forgetOlderThan(Instant limit) {
        seen.values().removeIf(issuedAt -> issuedAt.isBefore(limit));
    }

    private void forgetEldest() {
        var eldest = seen.entrySet().iterator();
        var issuedAt = eldest.next().getValue();
        eldest.remove();
        if (issuedAt.isAfter(floor)) {
            floor = issuedAt;
        }
    }
}
