package io.nodeplane.plexd.capabilities;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the agent can do (protocol facts 5.2); lists sorted by name, never null.
 *
 * @param version of the agent
 * @param checksum hex SHA-256 of the running jar
 * @param plexdHooks hooks of the cluster that the node runs as Jobs; told only in contracts that have a place for them
 */
public record Capabilities(
        String version, String checksum, List<Action> builtinActions, List<Hook> hooks, List<PlexdHook> plexdHooks) {
    public Capabilities {
        builtinActions = List.copyOf(builtinActions);
        hooks = List.copyOf(hooks);
        plexdHooks = List.copyOf(plexdHooks);
    }

    /** Of an agent that knows no hooks of a cluster. */
    public Capabilities(String version, String checksum, List<Action> builtinActions, List<Hook> hooks) {
        this(version, checksum, builtinActions, hooks, List.of());
    }

    /** The same with these hooks of the cluster. */
    public Capabilities with(List<PlexdHook> found) {
        return new Capabilities(version, checksum, builtinActions, hooks, found);
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

    /**
     * A hook of the cluster whose image is fixed to the byte (protocol facts 5.2).
     *
     * @param name of the hook, not of the object
     * @param imageDigest {@code sha256:…}
     * @param parameters as the hook has them
     * @param timeout after which it is ended
     * @param sandbox whether its container has no power over the node
     */
    public record PlexdHook(
            String name,
            String imageDigest,
            Map<String, String> parameters,
            Optional<Duration> timeout,
            boolean sandbox) {
        public PlexdHook {
            parameters = Map.copyOf(parameters);
        }

        /** Without the parameters, which may hold anything. */
        @Override
        public String toString() {
            return "PlexdHook[" + name + ", " + imageDigest + "]";
        }
    }
}
