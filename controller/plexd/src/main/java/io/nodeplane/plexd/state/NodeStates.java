package io.nodeplane.plexd.state;

import io.nodeplane.plexd.http.ApiException;

/** The control plane's desired state of this node. */
@FunctionalInterface
public interface NodeStates {
    /** Pulls the whole state, without retry. */
    NodeState fetch() throws ApiException, InterruptedException;
}
