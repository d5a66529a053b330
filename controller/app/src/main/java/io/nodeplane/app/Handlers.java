package io.nodeplane.app;

import io.nodeplane.plexd.dataplane.DataPlane;
import io.nodeplane.plexd.nodesecrets.NodeSecretsSync;
import io.nodeplane.plexd.nodestate.NodeStateSync;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.StateCategory;
import io.nodeplane.plexd.state.StateHandler;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** What the reconciler calls for which part of the state. */
final class Handlers {
    private Handlers() {}

    private record Handler(String name, Set<StateCategory> categories, Consumer<NodeState> action)
            implements StateHandler {
        @Override
        public void handle(NodeState desired) {
            action.accept(desired);
        }
    }

    static StateHandler of(DataPlane dataPlane) {
        var categories = EnumSet.of(StateCategory.PEERS, StateCategory.POLICIES, StateCategory.BRIDGE);
        return new Handler("data plane", categories, dataPlane::apply);
    }

    static StateHandler of(NodeStateSync sync) {
        var categories = EnumSet.of(StateCategory.METADATA, StateCategory.DATA);
        return new Handler("node state", categories, sync::offer);
    }

    static StateHandler of(NodeSecretsSync sync) {
        return new Handler("node secrets", EnumSet.of(StateCategory.SECRET_REFS), sync::offer);
    }
}
