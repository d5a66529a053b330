package io.nodeplane.plexd.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.state.NodeState.Execution;
import io.nodeplane.plexd.state.NodeState.Peer;
import io.nodeplane.plexd.state.NodeState.Policy;
import io.nodeplane.plexd.state.NodeState.Rule;
import io.nodeplane.plexd.wire.Fields;
import io.nodeplane.plexd.wire.GoJson;
import io.nodeplane.plexd.wire.JsonReader;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state document of the platform (protocol facts 3.5). A block that is {@code null} or missing holds nothing; neither
 * secret refs nor signing keys nor versions of entries are in it.
 */
final class PlatformState {
    private static final Map<String, JsonReader.Value<?>> PEER = Map.of(
            "node_id", JsonReader::text,
            "mesh_ip", JsonReader::text,
            "public_key", JsonReader::text,
            "fallback_endpoint", JsonReader::text);
    private static final Map<String, JsonReader.Value<?>> POLICY = Map.of(
            "revision_id", JsonReader::text,
            "fingerprint", JsonReader::text,
            "rules", in -> in.list(PlatformState::rule));
    private static final Map<String, JsonReader.Value<?>> RULE = Map.of(
            "action", JsonReader::text,
            "protocol", JsonReader::text,
            "source_cidr", JsonReader::text,
            "destination_cidr", JsonReader::text,
            "ports", in -> in.fields(Map.of("from", PlatformState::port, "to", PlatformState::port)));
    private static final Map<String, JsonReader.Value<?>> ENTRY =
            Map.of("key", JsonReader::text, "value", JsonReader::text);

    private static final Set<String> BLOCKS =
            Set.of("peers", "reachability", "policy", "bridge", "state", "reports", "executions", "sessions");

    private final Curiosities curiosities;
    private boolean hasBlocks;
    private List<Peer> peers = List.of();
    private List<Policy> policies = List.of();
    private Map<String, String> metadata = Map.of();
    private List<DataEntry> data = List.of();
    private List<Execution> executions = List.of();
    private final Map<String, String> bridge = new LinkedHashMap<>();

    private PlatformState(Curiosities curiosities) {
        this.curiosities = curiosities;
    }

    static NodeState read(byte[] json, Curiosities curiosities) throws ApiException.Malformed {
        return JsonReader.document("state", json, in -> {
            var state = new PlatformState(curiosities);
            in.members(state::member);
            if (!state.hasBlocks) {
                // Every block is always there; an answer without any is no state, and must not empty the node.
                throw in.fault("expected the blocks of a node's state");
            }
            return new NodeState(
                    state.peers,
                    state.policies,
                    Optional.empty(),
                    state.metadata,
                    state.data,
                    List.of(),
                    state.bridge,
                    state.executions);
        });
    }

    private void member(String name, JsonReader in) throws IOException {
        hasBlocks |= BLOCKS.contains(name);
        switch (name) {
            case "peers" -> peers = in.list(PlatformState::peer);
            case "policy" -> policies = policy(in);
            case "bridge" -> in.members(this::bridgeBlock);
            case "state" -> in.members(this::entries);
            case "executions" -> executions = PlatformExecutions.read(in, curiosities);
            case "sessions" -> sessions(in);
            // How the control plane sees this node, and what this node told it: nothing to act on.
            case "reachability", "reports" -> in.skip();
            default -> {
                curiosities.met("unknown block of the state: ignored", name);
                in.skip();
            }
        }
    }

    private void sessions(JsonReader in) throws IOException {
        if (!in.list(each -> {
                    each.skip();
                    return each;
                })
                .isEmpty()) {
            curiosities.met("access sessions are wanted: this agent opens none", "sessions");
        }
    }

    private void bridgeBlock(String name, JsonReader in) throws IOException {
        if (in.isNull()) {
            return;
        }
        bridge.put(name + "_config", new String(GoJson.compact(in.raw()), UTF_8));
    }

    private void entries(String name, JsonReader in) throws IOException {
        switch (name) {
            case "metadata" -> {
                var texts = new LinkedHashMap<String, String>();
                in.list(each -> each.fields(ENTRY)).forEach(entry -> texts.put(entry.text("key"), entry.text("value")));
                metadata = texts;
            }
            case "data" -> data = in.list(PlatformState::dataEntry);
            default -> in.skip();
        }
    }

    /** An entry has no version and no time here: whether it changed shows in its value (protocol facts 4.2, C). */
    private static DataEntry dataEntry(JsonReader in) throws IOException {
        var fields = in.fields(ENTRY);
        return new DataEntry(
                fields.required("key"), "text/plain", GoJson.string(fields.text("value")), 0, Instant.EPOCH);
    }

    private static Peer peer(JsonReader in) throws IOException {
        var fields = in.fields(PEER);
        var meshIp = fields.text("mesh_ip");
        return new Peer(
                fields.required("node_id"),
                fields.text("public_key"),
                meshIp,
                fields.text("fallback_endpoint"),
                // The contract names none: what a peer may send from is its own address.
                meshIp.isEmpty() ? List.of() : List.of(meshIp + "/32"),
                "");
    }

    /** Named by its fingerprint, which alone says whether it changed (protocol facts 4.2, C). */
    private static List<Policy> policy(JsonReader in) throws IOException {
        if (in.isNull()) {
            return List.of();
        }
        var fields = in.fields(POLICY);
        var fingerprint = fields.text("fingerprint");
        var id = fingerprint.isEmpty() ? fields.required("revision_id") : fingerprint;
        return List.of(new Policy(id, fields.list("rules", Rule.class)));
    }

    private static Rule rule(JsonReader in) throws IOException {
        var fields = in.fields(RULE);
        var from = 0;
        var to = 0;
        if (fields.values().get("ports") instanceof Fields ports) {
            from = Math.toIntExact(ports.whole("from"));
            to = ports.whole("to") == 0 ? from : Math.toIntExact(ports.whole("to"));
        }
        return new Rule(
                fields.text("source_cidr"),
                fields.text("destination_cidr"),
                from,
                to,
                fields.text("protocol"),
                fields.text("action"));
    }

    private static long port(JsonReader in) throws IOException {
        var port = in.whole();
        if (port < 0 || port > 65535) {
            throw in.fault("expected a port from 0 to 65535");
        }
        return port;
    }

    /** A time, if there is one. */
    static Optional<Instant> instant(String name, Fields fields) {
        return fields.time(name).map(OffsetDateTime::toInstant);
    }
}
