package io.nodeplane.plexd.actions;

import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs of the node's owner that the agent may run (protocol facts 8.2). Thread-safe. */
public interface Hooks {
    /** What was found last, sorted by name. */
    List<Hook> list();

    /** Looks again. */
    List<Hook> reload();

    /**
     * Runs one and returns its exit code. Interrupted, it leaves no process behind.
     *
     * @throws ActionFailed when it was not run, with the reason for whoever asked
     */
    int run(Call call, Streams streams) throws ActionFailed, InterruptedException;

    /** Ends what an earlier process of the agent has left running of an execution. */
    void stop(String executionId);

    /**
     * One run.
     *
     * @param checksum that the bytes which run must have; absent means that the caller knows none
     */
    record Call(String hook, String executionId, Map<String, String> parameters, Optional<String> checksum) {
        public Call {
            parameters = Map.copyOf(parameters);
        }
    }
}
