package io.nodeplane.scale;

import io.nodeplane.runtime.logging.LogEvent;
import io.nodeplane.runtime.logging.LogTap;
import java.util.List;

/**
 * Gives each agent the lines that it said itself, where all agents share the log of one process: a thread belongs to the agent that it,
 * or the thread which made it, was begun for. Thread-safe.
 */
final class AgentLogs implements LogTap {
    private static final InheritableThreadLocal<List<LogTap>> OWN = new InheritableThreadLocal<>();

    /** From now on, what this thread and those that it makes say goes to these. */
    void begin(LogTap... taps) {
        OWN.set(List.of(taps));
    }

    @Override
    public void accept(LogEvent event) {
        var taps = OWN.get();
        if (taps != null) {
            taps.forEach(tap -> tap.accept(event));
        }
    }
}
