package io.nodeplane.plexd.capabilities;

import java.util.List;

/**
 * What the agent can do (protocol facts 5.2); lists sorted by name, never null.
 *
 * @param version of the agent
 * @param checksum hex SHA-256 of the running jar
 */
public record Capabilities(String version, String checksum, List<Action> builtinActions) {
    public Capabilities {
        builtinActions = List.copyOf(builtinActions);
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
}
