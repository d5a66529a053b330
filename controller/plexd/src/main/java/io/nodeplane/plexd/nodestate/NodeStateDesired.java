package io.nodeplane.plexd.nodestate;

import io.nodeplane.plexd.cluster.NodeMarks;
import io.nodeplane.plexd.cluster.ObjectName;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.state.NodeState;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What this node's PlexdNodeState should say.
 *
 * @param name {@code node-<node id>}, made fit for Kubernetes
 * @param nodeId exact id
 * @param meshIp absent when it is no IPv4, which the schema would refuse
 * @param labels ours only; others on the object are not touched
 * @param annotations ours only, too
 * @param content absent until the control plane's state was pulled once; what stands in the object is kept until then, so
 *     that a restart neither empties it nor writes twice
 */
record NodeStateDesired(
        String name,
        String nodeId,
        Optional<String> meshIp,
        Map<String, String> labels,
        Map<String, String> annotations,
        Optional<NodeStateContent> content) {
    private static final Pattern IPV4 = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");

    NodeStateDesired {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /**
     * The desired object.
     *
     * @param nodeName Kubernetes node name, if known
     * @param state last pulled state, if any
     */
    static NodeStateDesired from(Identity identity, Optional<String> nodeName, Optional<NodeState> state) {
        var nodeId = identity.nodeId().value();
        return new NodeStateDesired(
                ObjectName.ofNode(nodeId),
                nodeId,
                Optional.of(identity.meshIp()).filter(ip -> IPV4.matcher(ip).matches()),
                NodeMarks.labels(nodeId, nodeName),
                NodeMarks.annotations(nodeName),
                state.map(NodeStateContent::from));
    }

    NodeStateDesired withContent(NodeStateContent known) {
        return new NodeStateDesired(name, nodeId, meshIp, labels, annotations, Optional.of(known));
    }
}
