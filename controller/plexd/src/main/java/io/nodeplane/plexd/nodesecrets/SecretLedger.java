package io.nodeplane.plexd.nodesecrets;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.nodesecrets.NodeSecretsObserved.Owner;
import java.util.List;
import java.util.Optional;

/**
 * The record of this node's Secrets that outlives the agent: {@code spec.secretRefs} of its PlexdNodeState. This process is
 * its only writer. Thread-safe.
 */
public interface SecretLedger {
    /** What is recorded, from memory; absent while the object is not known or does not exist. */
    Optional<NodeSecretsObserved> read();

    /**
     * Replaces the record; returns once the API server has kept it.
     *
     * @throws ClusterFault also when the object is not the given one any more, or newer than what {@link #read} showed
     */
    void write(Owner owner, List<RecordedSecret> recorded) throws ClusterFault;
}
