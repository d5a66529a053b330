package io.nodeplane.plexd.actions.builtin;

import io.nodeplane.plexd.actions.Action;
import io.nodeplane.plexd.actions.Streams;
import io.nodeplane.plexd.capabilities.Capabilities;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code config.dump}: the values in use; secrets are masked because their keys say so, not by their names (protocol facts 11.2, P20). */
record ConfigDump(NodeFacts node) implements Action {
    @Override
    public Capabilities.Action description() {
        return new Capabilities.Action("config.dump", "Prints the configuration in use, secrets masked", List.of());
    }

    @Override
    public int run(Map<String, String> parameters, Streams streams) {
        JsonOutput.print(streams.stdout(), out -> {
            for (var setting : new TreeMap<>(node.configuration()).entrySet()) {
                out.writeStringField(setting.getKey(), setting.getValue());
            }
        });
        return 0;
    }
}
