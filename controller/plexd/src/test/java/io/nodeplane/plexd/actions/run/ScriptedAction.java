package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.Action;
import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.actions.Streams;
import io.nodeplane.plexd.capabilities.Capabilities;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An action whose run is a piece of the test. */
record ScriptedAction(String name, Run run, Optional<Runnable> after) implements Action {
    /** The run. */
    @FunctionalInterface
    interface Run {
        int in(Streams streams) throws ActionFailed, InterruptedException;
    }

    ScriptedAction(String name, Run run) {
        this(name, run, Optional.empty());
    }

    @Override
    public Capabilities.Action description() {
        return new Capabilities.Action(name, "", List.of());
    }

    @Override
    public int run(Map<String, String> parameters, Streams streams) throws ActionFailed, InterruptedException {
        return run.in(streams);
    }

    @Override
    public Optional<Runnable> afterwards() {
        return after;
    }
}
