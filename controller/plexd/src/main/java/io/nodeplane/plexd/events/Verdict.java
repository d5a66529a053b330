package io.nodeplane.plexd.events;

/** What the verification of one event found. */
enum Verdict {
    /** Signed, fresh and new. */
    ACCEPTED,
    /** Not signed by an accepted key, or without what a signature needs. */
    UNSIGNED,
    /** Signed, but too old or too far in the future. */
    STALE,
    /** Signed, but seen before. */
    REPLAYED;

    /**
     * Whether the stream may resume behind such an event: a forged one must not move the cursor, a genuine one that is
     * merely late must not come again and again (protocol facts 3.6).
     */
    boolean movesCursor() {
        return this != UNSIGNED;
    }
}
