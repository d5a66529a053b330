package io.nodeplane.plexd.events;

import java.io.IOException;

/** Keeps the cursor over a restart (protocol facts 11.2, P18). */
public interface EventCursors {
    /** The kept cursor, or {@link EventCursor#START} when there is none that can be read. */
    EventCursor load();

    /** Replaces the kept cursor. */
    void save(EventCursor cursor) throws IOException;
}
