package io.nodeplane.plexd.platform;

import io.nodeplane.plexd.audit.AuditRecord;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.capabilities.CapabilityReports;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks;
import io.nodeplane.plexd.events.EventCodec;
import io.nodeplane.plexd.events.EventStreams;
import io.nodeplane.plexd.heartbeat.Heartbeat;
import io.nodeplane.plexd.heartbeat.HeartbeatAnswer;
import io.nodeplane.plexd.heartbeat.Heartbeats;
import io.nodeplane.plexd.http.ApiClient;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.ApiRequest;
import io.nodeplane.plexd.http.StreamClient;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.integrity.Violation;
import io.nodeplane.plexd.integrity.Violations;
import io.nodeplane.plexd.logs.LogRecord;
import io.nodeplane.plexd.metrics.MetricRecord;
import io.nodeplane.plexd.pipeline.Outlet;
import io.nodeplane.plexd.report.Reports;
import io.nodeplane.plexd.rotation.MeshKeyOffers;
import io.nodeplane.plexd.secrets.SealedSecret;
import io.nodeplane.plexd.secrets.Secrets;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.state.NodeStates;
import io.nodeplane.plexd.wire.GoText;
import io.nodeplane.plexd.wire.JsonBody;
import io.nodeplane.plexd.wire.JsonReader;
import java.io.InputStream;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every port of a registered node in the platform's contract of 2026 (protocol facts 3.4). It takes no drift reports, and it
 * pushes no actions. Thread-safe.
 */
public final class PlatformContract
        implements Heartbeats,
                CapabilityReports,
                NodeStates,
                EventStreams,
                Secrets,
                Reports,
                MeshKeyOffers,
                ExecutionCallbacks,
                Violations {
    private static final Map<String, JsonReader.Value<?>> HEARTBEAT_ANSWER = Map.of(
            "accepted_at", JsonReader::time,
            "reconcile", JsonReader::flag,
            "rotate_keys", JsonReader::flag);
    private static final String NDJSON = "application/x-ndjson";
    private static final String JSON = "application/json";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int NOT_FOUND = 404;

    /** Unknown to a platform from before September 2026, or wrong in its eyes (protocol facts 3.4). */
    private static final Set<Integer> HOOKS_REFUSED = Set.of(400, 422);

    private final ApiClient client;
    private final StreamClient streams;
    private final String nodeId;
    private final ApiRequest.Credential bearer;
    private final String version;
    private final Clock clock;
    private final Curiosities curiosities = new Curiosities();
    private final ClockGap clockGap = new ClockGap();
    private final PlatformRecords records = new PlatformRecords(curiosities);

    /**
     * Speaks as one registered node.
     *
     * @param version of the agent; {@code dev} is told when it is blank
     * @param clock stamps what is sent
     */
    public PlatformContract(ApiClient client, StreamClient streams, Identity identity, String version, Clock clock) {
        this.client = client;
        this.streams = streams;
        this.nodeId = identity.nodeId().value();
        this.bearer = Bearer.of(identity);
        this.version = version.isBlank() ? "dev" : version;
        this.clock = clock;
    }

    /** Events of this contract. */
    public EventCodec events() {
        return new PlatformEvents(curiosities);
    }

    @Override
    public HeartbeatAnswer send(Heartbeat heartbeat) throws ApiException, InterruptedException {
        var body = JsonBody.object(out -> {
            out.writeStringField("client_now", heartbeat.at().toString());
            out.writeStringField("binary_checksum", heartbeat.binaryChecksum());
            out.writeStringField("binary_version", version);
            out.writeObjectFieldStart("nat_summary");
            out.writeEndObject();
        });
        var answer = plain("POST", body, "heartbeat");
        return JsonReader.document("heartbeat", answer, in -> {
            var fields = in.fields(HEARTBEAT_ANSWER);
            fields.time("accepted_at").ifPresent(at -> clockGap.seen(heartbeat.at(), at.toInstant()));
            return new HeartbeatAnswer(fields.flag("reconcile"), fields.flag("rotate_keys"));
        });
    }

    @Override
    public void put(Capabilities capabilities) throws ApiException, InterruptedException {
        try {
            plain("PUT", CapabilityBody.of(capabilities, version, curiosities), "capabilities");
        } catch (ApiException.Rejected refused) {
            if (capabilities.plexdHooks().isEmpty() || !HOOKS_REFUSED.contains(refused.status())) {
                throw refused;
            }
            // Better without them than a control plane that knows nothing of the node.
            var without = capabilities.with(List.of());
            plain("PUT", CapabilityBody.of(without, version, curiosities), "capabilities");
            curiosities.met(
                    "declaration of PlexdHooks is refused: told without them",
                    refused.problem().code());
        }
    }

    @Override
    public NodeState fetch() throws ApiException, InterruptedException {
        return PlatformState.read(get("state"), curiosities);
    }

    /** The cursor is a decimal number here; what another contract left behind would only be refused. */
    @Override
    public InputStream open(Optional<String> lastEventId) throws ApiException, InterruptedException {
        var cursor = lastEventId.filter(id -> id.chars().allMatch(c -> c >= '0' && c <= '9'));
        return streams.open(segments("events"), cursor, bearer);
    }

    @Override
    public SealedSecret fetch(String name) throws ApiException, InterruptedException {
        var reply = client.exchange(new ApiRequest(
                "GET",
                segments("secrets", name),
                Optional.empty(),
                bearer,
                Map.of("Accept", "application/octet-stream")));
        var sealed = reply.body();
        if (sealed.length < NONCE_BYTES + TAG_BYTES) {
            throw new ApiException.Malformed(
                    "secret: expected a nonce of " + NONCE_BYTES + " bytes, a ciphertext and a tag of " + TAG_BYTES,
                    null);
        }
        return new SealedSecret(
                name,
                Arrays.copyOf(sealed, NONCE_BYTES),
                Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length),
                version(reply.header("X-Plexsphere-Secret-Version").orElse("")));
    }

    private static long version(String header) {
        var isNumber = header.length() <= 18 && header.matches("\\d+");
        return isNumber ? Long.parseLong(header) : 0;
    }

    /** Stops at the first failure; what was told before is told again with the next attempt, to the same effect. */
    @Override
    public void send(List<DataEntry> changed, List<String> deleted) throws ApiException, InterruptedException {
        for (var call : ReportBodies.byKey(changed, deleted).entrySet()) {
            if (call.getValue().isPresent()) {
                plain("PUT", call.getValue().get(), "state", "reports", call.getKey());
            } else {
                delete(call.getKey());
            }
        }
    }

    @Override
    public void report(Violation violation) throws ApiException, InterruptedException {
        plain("POST", ViolationBody.of(violation), "integrity-violations");
    }

    private void delete(String key) throws ApiException, InterruptedException {
        try {
            client.send(new ApiRequest("DELETE", segments("state", "reports", key), Optional.empty(), bearer));
        } catch (ApiException.Rejected refused) {
            if (refused.status() != NOT_FOUND) {
                throw refused;
            }
        }
    }

    @Override
    public MeshKeyOffers.Answer offer(String publicKey) throws ApiException, InterruptedException {
        var body = JsonBody.object(out -> out.writeStringField("new_public_key", publicKey));
        try {
            client.send(new ApiRequest(
                    "POST", List.of("v1", "keys", "rotate"), Optional.of(ApiRequest.Body.plain(body)), bearer));
            return MeshKeyOffers.Answer.TAKEN;
        } catch (ApiException.Rejected refused) {
            if (refused.has("keys_rotate_public_key_unchanged")) {
                return MeshKeyOffers.Answer.TAKEN;
            }
            if (refused.has("keys_rotate_no_pending_rotation")) {
                return MeshKeyOffers.Answer.NOT_WANTED;
            }
            throw refused;
        }
    }

    @Override
    public Optional<String> tell(String executionId, Step step) throws ApiException, InterruptedException {
        var answer = plain("POST", PlatformExecutions.body(step), "executions", executionId);
        return PlatformExecutions.uploadUrl(answer);
    }

    /** Takes batches of metrics. */
    public Outlet<MetricRecord> metrics() {
        return new IngestOutlet<>(records::metrics, body -> ingest("metrics", body, JSON));
    }

    /** Takes batches of logs. */
    public Outlet<LogRecord> logs() {
        return new IngestOutlet<>(records::logs, body -> ingest("logs", body, NDJSON));
    }

    /** Takes batches of audit records. */
    public Outlet<AuditRecord> audit() {
        return new IngestOutlet<>(records::audit, body -> ingest("audit", body, NDJSON));
    }

    /** Stamped per attempt (protocol facts 5.6). The receipt says nothing that we do not know, so it is not read. */
    private void ingest(String kind, byte[] body, String contentType) throws ApiException, InterruptedException {
        var sentAt = GoText.time(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        client.send(new ApiRequest(
                "POST",
                segments(kind),
                Optional.of(new ApiRequest.Body(body, contentType, true)),
                bearer,
                Map.of("X-Plexsphere-Sent-At", sentAt)));
    }

    private byte[] get(String... tail) throws ApiException, InterruptedException {
        return client.send(new ApiRequest("GET", segments(tail), Optional.empty(), bearer));
    }

    /** Uncompressed: the platform takes gzip for records only (protocol facts 3.1). */
    private byte[] plain(String method, byte[] json, String... tail) throws ApiException, InterruptedException {
        return client.send(new ApiRequest(method, segments(tail), Optional.of(ApiRequest.Body.plain(json)), bearer));
    }

    private List<String> segments(String... tail) {
        var segments = new ArrayList<>(List.of("v1", "nodes", nodeId));
        segments.addAll(List.of(tail));
        return segments;
    }
}
