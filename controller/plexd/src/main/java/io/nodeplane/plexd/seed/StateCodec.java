package io.nodeplane.plexd.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.state.NodeState.Peer;
import io.nodeplane.plexd.state.NodeState.Policy;
import io.nodeplane.plexd.state.NodeState.Rule;
import io.nodeplane.plexd.state.NodeState.SecretRef;
import io.nodeplane.plexd.state.NodeState.SigningKeys;
import io.nodeplane.plexd.wire.GoJson;
import io.nodeplane.plexd.wire.JsonReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The state document of the seeds' contract (protocol facts 3.3). */
final class StateCodec {
    private static final Map<String, JsonReader.Value<?>> PEER = Map.of(
            "id", JsonReader::text,
            "public_key", JsonReader::text,
            "mesh_ip", JsonReader::text,
            "endpoint", JsonReader::text,
            "psk", JsonReader::text,
            "allowed_ips", in -> in.list(JsonReader::text));
    private static final Map<String, JsonReader.Value<?>> POLICY =
            Map.of("id", JsonReader::text, "rules", in -> in.list(StateCodec::rule));
    private static final Map<String, JsonReader.Value<?>> RULE = Map.of(
            "src", JsonReader::text,
            "dst", JsonReader::text,
            "port", StateCodec::port,
            "protocol", JsonReader::text,
            "action", JsonReader::text);
    private static final Map<String, JsonReader.Value<?>> DATA_ENTRY = Map.of(
            "key", JsonReader::text,
            "content_type", JsonReader::text,
            "payload", JsonReader::raw,
            "version", JsonReader::whole,
            "updated_at", JsonReader::time);
    private static final Map<String, JsonReader.Value<?>> SECRET_REF =
            Map.of("key", JsonReader::text, "version", JsonReader::whole);

    private List<Peer> peers = List.of();
    private List<Policy> policies = List.of();
    private Optional<SigningKeys> signingKeys = Optional.empty();
    private Map<String, String> metadata = Map.of();
    private List<DataEntry> data = List.of();
    private List<SecretRef> secretRefs = List.of();
    private final Map<String, String> bridge = new LinkedHashMap<>();

    private StateCodec() {}

    static NodeState state(byte[] json) throws ApiException {
        return JsonReader.document("state", json, in -> {
            var state = new StateCodec();
            in.members(state::member);
            return new NodeState(
                    state.peers,
                    state.policies,
                    state.signingKeys,
                    state.metadata,
                    state.data,
                    state.secretRefs,
                    state.bridge);
        });
    }

    private void member(String name, JsonReader in) throws IOException {
        switch (name) {
            case "peers" -> peers = in.list(StateCodec::peer);
            case "policies" -> policies = in.list(StateCodec::policy);
            case "signing_keys" -> signingKeys = SigningKeysCodec.read(in);
            case "metadata" -> metadata = in.texts();
            case "data" -> data = in.list(StateCodec::dataEntry);
            case "secret_refs" -> secretRefs = in.list(StateCodec::secretRef);
            case "bridge_config", "relay_config", "user_access_config", "ingress_config", "site_to_site_config" ->
                block(name, in);
            default -> in.skip();
        }
    }

    private void block(String name, JsonReader in) throws IOException {
        if (!in.isNull()) {
            bridge.put(name, new String(GoJson.compact(in.raw()), UTF_8));
        }
    }

    private static Peer peer(JsonReader in) throws IOException {
        var fields = in.fields(PEER);
        return new Peer(
                fields.required("id"),
                fields.text("public_key"),
                fields.text("mesh_ip"),
                fields.text("endpoint"),
                fields.list("allowed_ips", String.class),
                fields.text("psk"));
    }

    private static Policy policy(JsonReader in) throws IOException {
        var fields = in.fields(POLICY);
        return new Policy(fields.required("id"), fields.list("rules", Rule.class));
    }

    private static Rule rule(JsonReader in) throws IOException {
        var fields = in.fields(RULE);
        return new Rule(
                fields.text("src"),
                fields.text("dst"),
                Math.toIntExact(fields.whole("port")),
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

    private static DataEntry dataEntry(JsonReader in) throws IOException {
        var fields = in.fields(DATA_ENTRY);
        return new DataEntry(
                fields.required("key"),
                fields.text("content_type"),
                new String(fields.raw("payload").orElse("null".getBytes(UTF_8)), UTF_8),
                fields.whole("version"),
                fields.instant("updated_at"));
    }

    private static SecretRef secretRef(JsonReader in) throws IOException {
        var fields = in.fields(SECRET_REF);
        return new SecretRef(fields.required("key"), fields.whole("version"));
    }
}
