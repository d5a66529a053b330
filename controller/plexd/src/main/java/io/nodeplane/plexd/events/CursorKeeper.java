package io.nodeplane.plexd.events;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the cursor and keeps it: at most one write in 30 s while events come, one when a stream ends, none when nothing
 * happened. A crash therefore forgets at most 30 s of events, whose replay costs one needless pull. Not thread-safe.
 */
final class CursorKeeper {
    static final Duration WRITE_INTERVAL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(CursorKeeper.class);

    private final EventCursors cursors;
    private final Clock clock;
    private EventCursor cursor;
    private EventCursor written;
    private Instant writtenAt = Instant.MIN;
    private boolean broken;

    CursorKeeper(EventCursors cursors, Clock clock) {
        this.cursors = cursors;
        this.clock = clock;
        cursor = cursors.load();
        written = cursor;
    }

    Optional<String> lastEventId() {
        return cursor.lastEventId();
    }

    /** Nothing issued then or before is new; never in our future, or a wrong clock would shut out real events. */
    Instant floor() {
        var now = clock.instant();
        return cursor.newest().isAfter(now) ? now : cursor.newest();
    }

    void move(String id, SignedEvent event, Verdict verdict) {
        cursor = cursor.at(id);
        if (verdict == Verdict.ACCEPTED) {
            cursor = cursor.accepted(event.issuedAt().orElse(Instant.EPOCH));
        }
        if (!clock.instant().isBefore(writtenAt.plus(WRITE_INTERVAL))) {
            keep();
        }
    }

    /** The server does not know our id any more. */
    void forgetId() {
        cursor = cursor.withoutId();
    }

    /** Writes what is not written yet. */
    void keep() {
        if (cursor.equals(written)) {
            return;
        }
        try {
            cursors.save(cursor);
            broken = false;
        } catch (IOException failure) {
            var level = broken ? LOG.atDebug() : LOG.atWarn();
            broken = true;
            level.addKeyValue("reason", failure.toString()).log("event cursor could not be kept");
        }
        // Also after a failure: a full disk is not asked again for every event.
        written = cursor;
        writtenAt = clock.instant();
    }
}
