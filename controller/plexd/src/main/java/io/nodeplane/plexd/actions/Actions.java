package io.nodeplane.plexd.actions;

import io.nodeplane.plexd.capabilities.Capabilities;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions of this node for callers on the node (protocol facts 7.2). Thread-safe. */
public interface Actions {
    /** What can be run now, sorted by name. */
    Catalogue catalogue();

    /**
     * Runs one action, waits for its end and tells nobody else; an interrupt cancels it.
     *
     * @throws Refused when it is not run
     */
    ExecutionResult run(Call call) throws Refused, InterruptedException;

    /** Looks for hooks again; a change is told to the control plane. */
    List<Capabilities.Hook> reloadHooks();

    /** Everything that can be run. */
    record Catalogue(List<Capabilities.Action> builtinActions, List<Capabilities.Hook> hooks) {
        public Catalogue {
            builtinActions = List.copyOf(builtinActions);
            hooks = List.copyOf(hooks);
        }
    }

    /**
     * What somebody on the node asks for. A hook runs with the bytes that were found last.
     *
     * @param timeout of this run; the configured maximum holds all the same
     * @param askedBy for the log
     */
    record Call(String action, Map<String, String> parameters, Optional<Duration> timeout, String askedBy) {
        public Call {
            parameters = Map.copyOf(parameters);
        }
    }

    /** Not run. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final Refusal reason;

        public Refused(Refusal reason) {
            super(reason.word());
            this.reason = reason;
        }

        public Refusal reason() {
            return reason;
        }
    }
}
