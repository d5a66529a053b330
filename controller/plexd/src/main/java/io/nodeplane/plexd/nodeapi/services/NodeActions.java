package io.nodeplane.plexd.nodeapi.services;

import io.nodeplane.plexd.capabilities.Capabilities.Action;
import io.nodeplane.plexd.capabilities.Capabilities.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions of this node, as a caller of the node API sees them (protocol facts 7.2 and 8). */
public interface NodeActions {
    /** What can be run; lists sorted by name. */
    Catalogue catalogue();

    /**
     * Runs one action and waits for its end.
     *
     * @throws Unavailable when none is run now
     */
    Result run(Call call) throws Unavailable, InterruptedException;

    /** Reads the hooks anew. */
    List<Hook> reloadHooks() throws Unavailable;

    /** Everything that can be run. */
    record Catalogue(List<Action> builtinActions, List<Hook> hooks) {
        public Catalogue {
            builtinActions = List.copyOf(builtinActions);
            hooks = List.copyOf(hooks);
        }
    }

    /**
     * A hook of this node (protocol facts 8.2).
     *
     * @param source for example {@code local}
     * @param checksum lower-case hex SHA-256
     * @param timeout Go duration, empty when the hook states none
     */
    record Hook(
            String name,
            String description,
            String source,
            String checksum,
            List<Parameter> parameters,
            String timeout,
            boolean sandbox) {
        public Hook {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * What somebody asks for.
     *
     * @param timeout of this run; the configured maximum holds all the same
     * @param askedBy for the log
     */
    record Call(String action, Map<String, String> parameters, Optional<Duration> timeout, String askedBy) {
        public Call {
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * How it ended.
     *
     * @param status {@code success}, {@code failed} or {@code error}
     */
    record Result(String status, int exitCode, String stdout, String stderr) {}

    /** Nothing is run now; the message says why, to the caller too. */
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        public Unavailable(String message) {
            super(message);
        }
    }
}
