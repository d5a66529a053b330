package io.nodeplane.plexd.pipeline;

/** A stretch of trouble, so that it is told when it begins and when it ends, and not in between. Thread-safe. */
final class Episode {
    private boolean active;

    /** Whether this call begins the episode. */
    synchronized boolean begins() {
        var fresh = !active;
        active = true;
        return fresh;
    }

    /** Whether this call ends the episode. */
    synchronized boolean ends() {
        var ended = active;
        active = false;
        return ended;
    }
}
