package io.nodeplane.plexd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link EventCursors} must do. */
abstract class EventCursorsContract {
    abstract EventCursors cursors();

    @Test
    void startsWithNothing() {
        assertEquals(EventCursor.START, cursors().load());
    }

    @Test
    void givesBackWhatWasSavedLast() throws Exception {
        var cursors = cursors();
        cursors.save(new EventCursor(Optional.of("evt-1"), Instant.parse("2026-02-20T12:00:00.120Z")));
        var last = new EventCursor(Optional.empty(), Instant.parse("2026-02-20T12:00:01Z"));
        cursors.save(last);

        assertEquals(last, cursors.load());
    }
}
