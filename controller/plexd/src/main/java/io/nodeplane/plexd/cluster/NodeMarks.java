package io.nodeplane.plexd.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Labels and annotations that say whose an object is: for people, and for the admission policy that lets each agent write
 * its own node's objects only (kustomize/base/plexd/own-node.yaml).
 */
public final class NodeMarks {
    /** Whoever keeps an object, by Kubernetes' recommended label. */
    public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
    /** Value of {@link #MANAGED_BY_LABEL}. */
    public static final String MANAGER = "plexd";
    /** Id at the control plane: exact as annotation, made fit as label (protocol facts 7.4). */
    public static final String NODE_ID = "plexd.plexsphere.com/node-id";
    /** Name in Kubernetes: exact as annotation; as label only if it is one, for a hashed name could not be compared. */
    public static final String NODE_NAME = "plexd.plexsphere.com/node-name";

    private NodeMarks() {}

    /** Labels of an object of a node. */
    public static Map<String, String> labels(String nodeId, Optional<String> nodeName) {
        var labels = new HashMap<String, String>();
        labels.put(MANAGED_BY_LABEL, MANAGER);
        labels.put(NODE_ID, ObjectName.labelValue(nodeId));
        nodeName.filter(name -> ObjectName.labelValue(name).equals(name))
                .ifPresent(name -> labels.put(NODE_NAME, name));
        return Map.copyOf(labels);
    }

    /** Annotations of an object of a node; empty outside a pod. */
    public static Map<String, String> annotations(Optional<String> nodeName) {
        return nodeName.map(name -> Map.of(NODE_NAME, name)).orElse(Map.of());
    }
}
