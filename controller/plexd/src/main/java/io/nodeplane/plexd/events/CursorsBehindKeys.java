package io.nodeplane.plexd.events;

import java.io.IOException;

/**
 * Cursors that never get ahead of the signing key on disk: the news of a key is told once, and a restart behind it with the key before
 * it would believe nothing any more.
 */
record CursorsBehindKeys(EventCursors cursors, SigningKeyRing keys) implements EventCursors {
    @Override
    public EventCursor load() {
        return cursors.load();
    }

    @Override
    public void save(EventCursor cursor) throws IOException {
        keys.keep();
        cursors.save(cursor);
    }
}
