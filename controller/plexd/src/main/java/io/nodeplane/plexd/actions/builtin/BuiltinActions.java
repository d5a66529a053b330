package io.nodeplane.plexd.actions.builtin;

import io.nodeplane.plexd.actions.Action;
import io.nodeplane.runtime.logging.RecentLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The actions that can really be run here. */
public final class BuiltinActions {
    private BuiltinActions() {}

    /**
     * Sorted by name.
     *
     * @param restart ends the process, absent where nobody would start it again
     */
    public static List<Action> of(NodeFacts node, RecentLog log, Optional<Runnable> restart) {
        var actions = new ArrayList<Action>(List.of(
                new ConfigDump(node),
                new CollectDiagnostics(node),
                new HealthCheck(node),
                new LogsSnapshot(log, node.clock()),
                new SystemInfo(node)));
        restart.ifPresent(stop -> actions.add(new ServiceRestart(stop)));
        actions.sort(Comparator.comparing(action -> action.description().name()));
        return actions;
    }
}
