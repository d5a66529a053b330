package io.nodeplane.plexd.nodestate;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.nodeplane.model.ModelJson;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.report.ReportEntry;
import io.nodeplane.plexd.state.NodeState;
import java.util.List;
import java.util.Optional;

/** The way of a PlexdNodeState through the agent without an API server, for tests with hostile content. */
public final class NodeStateTrial {
    private static final KubernetesSerialization SERIALIZATION = ModelJson.serialization();

    private NodeStateTrial() {}

    /** An object as an API server sends it. */
    public static PlexdNodeState read(String json) {
        return SERIALIZATION.unmarshal(json, PlexdNodeState.class);
    }

    /** What the outbox gets of it. */
    public static List<ReportEntry> reports(PlexdNodeState object) {
        return NodeStateObject.observed(object).reports();
    }

    /** The object that the agent would write for a state, and whether it reads back as the same content. */
    public static boolean survives(NodeState state) {
        var identity = new Identity(
                new NodeId("n"),
                "10.0.0.1",
                new SigningKey("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="),
                new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));
        var desired = NodeStateDesired.from(identity, Optional.empty(), Optional.of(state));
        var json = SERIALIZATION.asJson(NodeStateObject.from(desired, "plexd"));
        var observed = NodeStateObject.observed(SERIALIZATION.unmarshal(json, PlexdNodeState.class));
        return NodeStatePlan.between(desired, Optional.of(observed), Optional.empty())
                .apply()
                .isEmpty();
    }
}
