package io.nodeplane.plexd.events;

import java.io.IOException;

/** Keeps the cursor for one test. */
final class InMemoryEventCursors implements EventCursors {
    private EventCursor cursor = EventCursor.START;
    private int writes;
    private boolean broken;

    @Override
    public EventCursor load() {
        return cursor;
    }

    @Override
    public void save(EventCursor fresh) throws IOException {
        writes++;
        if (broken) {
            throw new IOException("read-only file system");
        }
        cursor = fresh;
    }

    int writes() {
        return writes;
    }

    void breakDown() {
        broken = true;
    }
}
