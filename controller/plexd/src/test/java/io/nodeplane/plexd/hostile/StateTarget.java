package io.nodeplane.plexd.hostile;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.nodestate.NodeStateTrial;
import io.nodeplane.plexd.seed.SeedContract;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.StateDiff;
import java.io.InputStream;

/** Fuzz target: any bytes as state are refused, or a state that differs from itself in nothing and reads back from a PlexdNodeState. */
public final class StateTarget {
    private StateTarget() {}

    public static void fuzzerTestOneInput(byte[] data) throws InterruptedException {
        NodeState state;
        try {
            state = new SeedContract(
                            request -> Material.reply(data),
                            (segments, id, credential) -> InputStream.nullInputStream(),
                            new NodeId("n"),
                            new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"))
                    .fetch();
        } catch (ApiException.Malformed refused) {
            return;
        } catch (ApiException other) {
            throw new IllegalStateException(other);
        }
        if (!StateDiff.between(state, state).isEmpty()) {
            throw new IllegalStateException("a state differs from itself");
        }
        var corrections = StateDiff.between(NodeState.EMPTY, state);
        if (corrections.categories().size() > 7 || !NodeStateTrial.survives(state)) {
            throw new IllegalStateException("a node state would be written again and again");
        }
    }
}
