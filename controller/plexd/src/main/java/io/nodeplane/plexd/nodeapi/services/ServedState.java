package io.nodeplane.plexd.nodeapi.services;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeStates;
import io.nodeplane.runtime.http.RefusedRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The state as it was pulled last: it stands between the control plane and the reconciler and keeps what passes. Served even
 * while a handler cannot apply a part of it, and while the control plane is away. Thread-safe.
 */
public final class ServedState implements NodeStates {
    private final NodeStates states;
    private final AtomicReference<Optional<NodeState>> latest = new AtomicReference<>(Optional.empty());

    public ServedState(NodeStates states) {
        this.states = states;
    }

    @Override
    public NodeState fetch() throws ApiException, InterruptedException {
        var fetched = states.fetch();
        latest.set(Optional.of(fetched));
        return fetched;
    }

    /** An empty answer before the first pull would read as "the control plane wants nothing of this node". */
    public NodeState require() throws RefusedRequest {
        return latest.get().orElseThrow(() -> new RefusedRequest(503, "state not available yet"));
    }
}
