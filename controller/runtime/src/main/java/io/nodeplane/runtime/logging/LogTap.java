package io.nodeplane.runtime.logging;

/** Hears every event that passes the level; attach one with {@link Logging#attach}. */
@FunctionalInterface
public interface LogTap {
    /** Takes the event at once; must not block, throw, or log. Called by many threads at a time. */
    void accept(LogEvent event);
}
