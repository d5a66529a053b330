package io.nodeplane.plexd.actions.builtin;

import io.nodeplane.plexd.actions.Action;
import io.nodeplane.plexd.actions.Streams;
import io.nodeplane.plexd.capabilities.Capabilities;
import java.util.List;
import java.util.Map;

/** {@code system.info}: who this node is (protocol facts 8.1). {@code java_version} stands where the protocol's agent in Go tells its own. */
record SystemInfo(NodeFacts node) implements Action {
    @Override
    public Capabilities.Action description() {
        return new Capabilities.Action(
                "system.info", "Tells host name, system, addresses and id of the node", List.of());
    }

    @Override
    public int run(Map<String, String> parameters, Streams streams) {
        JsonOutput.print(streams.stdout(), out -> {
            out.writeStringField("hostname", node.hostname());
            out.writeStringField("os", System.getProperty("os.name"));
            out.writeStringField("kernel", System.getProperty("os.version"));
            out.writeStringField("arch", System.getProperty("os.arch"));
            out.writeStringField("java_version", Runtime.version().toString());
            out.writeStringField("version", node.version());
            out.writeStringField("mesh_ip", node.meshIp());
            out.writeNumberField("peer_count", node.peers().getAsInt());
            out.writeStringField("node_id", node.nodeId());
        });
        return 0;
    }
}
