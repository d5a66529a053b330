package io.nodeplane.plexd.capabilities;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the agent can do (protocol facts 5.2); lists sorted by name, never null.
 *
 * @param version of the agent
 * @param checksum hex SHA-256 of the running jar
 */
public record Capabilities(String version, String checksum, List<Action> builtinActions, List<Hook> hooks) {
    public Capabilities {
        builtinActions = List.copyOf(builtinActions);
        hooks = List.copyOf(hooks);
    }

    /** One built-in action. */
    public record Action(String name, String description, List<Parameter> parameters) {
        public Action {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * One parameter of an action.
     *
     * @param type {@code string}, {@code bool} or {@code int}
     * @param defaultValue empty when there is none
     */
    public record Parameter(String name, String type, boolean required, String defaultValue, String description) {}

    /**
     * One hook of this node.
     *
     * @param source where it comes from: {@code local}
     * @param checksum lower-case hex SHA-256 of its file
     * @param timeout that it states for itself
     * @param sandbox as it states; nothing follows from it (protocol facts 8.2)
     */
    public record Hook(
            String name,
            String description,
            String source,
            String checksum,
            List<Parameter> parameters,
            Optional<Duration> timeout,
            boolean sandbox) {
        public Hook {
            parameters = List.copyOf(parameters);
        }
    }
}
