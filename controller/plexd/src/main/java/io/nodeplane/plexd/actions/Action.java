package io.nodeplane.plexd.actions;

import io.nodeplane.plexd.capabilities.Capabilities;
import java.util.Map;
import java.util.Optional;

/** One built-in action. Thread-safe. */
public interface Action {
    /** Name and parameters, as the control plane is told. */
    Capabilities.Action description();

    /**
     * Runs and returns an exit code.
     *
     * @param parameters as requested; unknown ones are ignored
     * @throws ActionFailed when it cannot be run, with the reason for whoever asked
     */
    int run(Map<String, String> parameters, Streams streams) throws ActionFailed, InterruptedException;

    /** What must wait until the result has been told, for example the end of the process. */
    default Optional<Runnable> afterwards() {
        return Optional.empty();
    }
}
