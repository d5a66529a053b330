package io.nodeplane.plexd.events;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the stream stands.
 *
 * @param lastEventId resume point, absent before the first event with an id
 * @param newest time of issue of the newest accepted event
 */
public record EventCursor(Optional<String> lastEventId, Instant newest) {
    /** No event yet. */
    public static final EventCursor START = new EventCursor(Optional.empty(), Instant.EPOCH);

    EventCursor at(String id) {
        return id.isEmpty() ? this : new EventCursor(Optional.of(id), newest);
    }

    EventCursor accepted(Instant issuedAt) {
        return issuedAt.isAfter(newest) ? new EventCursor(lastEventId, issuedAt) : this;
    }

    EventCursor withoutId() {
        return new EventCursor(Optional.empty(), newest);
    }
}
