package io.nodeplane.plexd.events;

class InMemoryEventCursorsTest extends EventCursorsContract {
    @Override
    EventCursors cursors() {
        return new InMemoryEventCursors();
    }
}
