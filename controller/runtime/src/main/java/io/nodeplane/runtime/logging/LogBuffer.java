package io.nodeplane.runtime.logging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Keeps the newest events until somebody drains them; what does not fit is dropped oldest first and counted. Thread-safe. */
public final class LogBuffer implements LogTap {
    private final int capacity;
    private final ArrayDeque<LogEvent> events = new ArrayDeque<>();
    private long dropped;

    /**
     * An empty buffer.
     *
     * @param capacity events, 1 or more
     */
    public LogBuffer(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("log buffer capacity is " + capacity + ", expected 1 or more");
        }
        this.capacity = capacity;
    }

    @Override
    public synchronized void accept(LogEvent event) {
        if (events.size() == capacity) {
            events.removeFirst();
            dropped++;
        }
        events.addLast(event);
    }

    /** Removes and returns at most {@code max} events, oldest first. */
    public synchronized List<LogEvent> drain(int max) {
        var drained = new ArrayList<LogEvent>(Math.min(max, events.size()));
        while (drained.size() < max && !events.isEmpty()) {
            drained.add(events.removeFirst());
        }
        return drained;
    }

    /** How many events were dropped since the start. */
    public synchronized long dropped() {
        return dropped;
    }
}
