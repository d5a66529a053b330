package io.nodeplane.plexd.capabilities;

import io.nodeplane.plexd.capabilities.Capabilities.Action;
import io.nodeplane.plexd.capabilities.Capabilities.Parameter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The actions this agent knows (protocol facts 8.1). They are declared, because the seeds' control plane wants at least one,
 * and refused on request as disabled until the agent can run them: see DESIGN, Decisions.
 */
public final class BuiltinActions {
    /** The contract's word for a known action that is switched off. */
    public static final String DISABLED = "actions_disabled";

    private static final List<Action> ALL = Stream.of(
                    new Action(
                            "diagnostics.collect",
                            "Collects diagnostics of the agent and its node",
                            List.of(
                                    option("include_network", "network interfaces and addresses"),
                                    option("include_processes", "process list"))),
                    new Action("system.info", "Tells host name, system and mesh address of the node", List.of()))
            .sorted(Comparator.comparing(Action::name))
            .toList();

    private BuiltinActions() {}

    /**
     * What this agent tells of itself.
     *
     * @param version of the agent
     * @param checksum hex SHA-256 of the running jar
     */
    public static Capabilities capabilities(String version, String checksum) {
        return new Capabilities(version, checksum, ALL, List.of());
    }

    private static Parameter option(String name, String description) {
        return new Parameter(name, "bool", false, "true", description);
    }
}
