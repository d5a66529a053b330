package io.nodeplane.plexd.seed;

import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.Executions;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.capabilities.CapabilityReports;
import io.nodeplane.plexd.events.EventCodec;
import io.nodeplane.plexd.events.EventMeaning;
import io.nodeplane.plexd.events.EventStreams;
import io.nodeplane.plexd.events.SignedEvent;
import io.nodeplane.plexd.heartbeat.Heartbeat;
import io.nodeplane.plexd.heartbeat.HeartbeatAnswer;
import io.nodeplane.plexd.heartbeat.Heartbeats;
import io.nodeplane.plexd.http.ApiClient;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.ApiRequest;
import io.nodeplane.plexd.http.StreamClient;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.integrity.Violation;
import io.nodeplane.plexd.integrity.Violations;
import io.nodeplane.plexd.pipeline.Outlet;
import io.nodeplane.plexd.pipeline.RecordJson;
import io.nodeplane.plexd.registration.Deregistrations;
import io.nodeplane.plexd.report.Reports;
import io.nodeplane.plexd.secrets.SealedSecret;
import io.nodeplane.plexd.secrets.Secrets;
import io.nodeplane.plexd.state.DriftReports;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.state.NodeStates;
import io.nodeplane.plexd.wire.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every port of a registered node in the seeds' contract (protocol facts 3.2). Holds no state; thread-safe.
 *
 * <p>The bearer is the node secret key verbatim (protocol facts 2.7).
 */
public final class SeedContract
        implements Heartbeats,
                CapabilityReports,
                NodeStates,
                DriftReports,
                EventStreams,
                EventCodec,
                Executions,
                Violations,
                Secrets,
                Reports,
                Deregistrations {
    private static final Map<String, JsonReader.Value<?>> HEARTBEAT_ANSWER =
            Map.of("reconcile", JsonReader::flag, "rotate_keys", JsonReader::flag);
    private static final Map<String, JsonReader.Value<?>> SECRET = Map.of(
            "key", JsonReader::text,
            "nonce", JsonReader::text,
            "ciphertext", JsonReader::text,
            "version", JsonReader::whole);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final ApiClient client;
    private final StreamClient streams;
    private final NodeId nodeId;
    private final ApiRequest.Credential bearer;
    private final EventCodec events = new SeedEvents();

    /** Speaks as one registered node. */
    public SeedContract(ApiClient client, StreamClient streams, NodeId nodeId, NodeSecretKey secretKey) {
        this.client = client;
        this.streams = streams;
        this.nodeId = nodeId;
        bearer = new ApiRequest.Credential.Bearer(secretKey.text());
    }

    @Override
    public HeartbeatAnswer send(Heartbeat heartbeat) throws ApiException, InterruptedException {
        var answer = call("POST", SeedBodies.heartbeat(heartbeat), "heartbeat");
        return JsonReader.document("heartbeat", answer, in -> {
            var fields = in.fields(HEARTBEAT_ANSWER);
            return new HeartbeatAnswer(fields.flag("reconcile"), fields.flag("rotate_keys"));
        });
    }

    @Override
    public void put(Capabilities capabilities) throws ApiException, InterruptedException {
        call("PUT", SeedBodies.capabilities(capabilities), "capabilities");
    }

    @Override
    public NodeState fetch() throws ApiException, InterruptedException {
        return StateCodec.state(get("state"));
    }

    @Override
    public void report(Drift drift) throws ApiException, InterruptedException {
        call("POST", SeedBodies.drift(drift), "drift");
    }

    @Override
    public InputStream open(Optional<String> lastEventId) throws ApiException, InterruptedException {
        return streams.open(segments("events"), lastEventId, bearer);
    }

    @Override
    public boolean hasNonces() {
        return events.hasNonces();
    }

    @Override
    public SignedEvent envelope(byte[] data) throws ApiException.Malformed {
        return events.envelope(data);
    }

    @Override
    public EventMeaning meaning(SignedEvent event) throws ApiException.Malformed {
        return events.meaning(event);
    }

    @Override
    public void acknowledge(Acknowledgement acknowledgement) throws ApiException, InterruptedException {
        var body = SeedExecutions.acknowledgement(acknowledgement);
        call("POST", body, "executions", acknowledgement.executionId(), "ack");
    }

    @Override
    public void result(ExecutionResult result) throws ApiException, InterruptedException {
        call("POST", SeedExecutions.result(result), "executions", result.executionId(), "result");
    }

    @Override
    public void report(Violation violation) throws ApiException, InterruptedException {
        call("POST", SeedExecutions.violation(violation), "integrity", "violations");
    }

    @Override
    public SealedSecret fetch(String key) throws ApiException, InterruptedException {
        return JsonReader.document("secret", get("secrets", key), SeedContract::secret);
    }

    private static SealedSecret secret(JsonReader in) throws IOException {
        var fields = in.fields(SECRET);
        var nonce = fields.base64("nonce", NONCE_BYTES);
        if (nonce.length != NONCE_BYTES) {
            throw in.fault("expected member nonce with " + NONCE_BYTES + " bytes");
        }
        return new SealedSecret(
                fields.required("key"), nonce, fields.base64("ciphertext", TAG_BYTES), fields.whole("version"));
    }

    @Override
    public void send(List<DataEntry> changed, List<String> deleted) throws ApiException, InterruptedException {
        call("POST", SeedBodies.report(changed, deleted), "report");
    }

    @Override
    public void deregister() throws ApiException, InterruptedException {
        client.send(new ApiRequest("POST", segments("deregister"), Optional.empty(), bearer));
    }

    /**
     * Takes batches of one kind of record.
     *
     * @param kind last path segment: {@code metrics}, {@code logs} or {@code audit}
     * @param json the record's form, the same that local endpoints get
     */
    public <R> Outlet<R> outlet(String kind, RecordJson<R> json) {
        return batch -> call("POST", json.array(batch), kind);
    }

    private byte[] get(String... tail) throws ApiException, InterruptedException {
        return client.send(new ApiRequest("GET", segments(tail), Optional.empty(), bearer));
    }

    private byte[] call(String method, byte[] json, String... tail) throws ApiException, InterruptedException {
        return client.send(new ApiRequest(method, segments(tail), Optional.of(new ApiRequest.Body(json)), bearer));
    }

    private List<String> segments(String... tail) {
        var segments = new ArrayList<>(List.of("v1", "nodes", nodeId.value()));
        segments.addAll(List.of(tail));
        return segments;
    }
}
