package io.nodeplane.plexd.dataplane;

import io.nodeplane.plexd.state.NodeState;

/** Carries the mesh's traffic on this node. */
public interface DataPlane {
    /** Makes the node's tunnels and rules what the state says; idempotent; keeps what works when a peer is bad. */
    void apply(NodeState state);

    /** What runs now. */
    DataPlaneStatus status();
}
