package io.nodeplane.plexd.nodesecrets;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.nodesecrets.NodeSecret.Node;

/** The Secrets of the cluster, as far as one agent needs them: one by one, by name. Thread-safe. */
interface NodeSecretObjects {
    /**
     * Creates the Secret, or makes the existing one the same; idempotent.
     *
     * @throws ClusterFault REFUSED when a Secret of that name belongs to somebody else, who keeps it
     */
    void put(NodeSecret secret) throws ClusterFault;

    /** Deletes the node's Secret; one that is not there or belongs to somebody else is left as it is. */
    void delete(Node node, RecordedSecret recorded) throws ClusterFault;
}
