package io.nodeplane.plexd.events;

/** One thing that a stream of server-sent events brings. */
sealed interface SseItem {
    /**
     * A whole event.
     *
     * @param id the event's own, empty when it has none that can be sent back
     * @param data lines joined by a line feed, as bytes: a signature covers bytes
     */
    record Event(String id, byte[] data) implements SseItem {}

    /** An event that was longer than the limit and was skipped. */
    record Oversized() implements SseItem {}
}
