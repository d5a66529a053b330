package io.nodeplane.plexd.nodestate;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import com.plexsphere.plexd.v1alpha1.PlexdNodeStateSpec;
import com.plexsphere.plexd.v1alpha1.plexdnodestatespec.Data;
import com.plexsphere.plexd.v1alpha1.plexdnodestatespec.SecretRefs;
import com.plexsphere.plexd.v1alpha1.plexdnodestatestatus.Report;
import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.nodeplane.plexd.nodesecrets.RecordedSecret;
import io.nodeplane.plexd.nodestate.NodeStateObserved.SecretRecord;
import io.nodeplane.plexd.report.ReportEntry;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The one place where the generated types of PlexdNodeState meet ours. */
final class NodeStateObject {
    /** What a payload is when its entry does not say. */
    private static final String DEFAULT_CONTENT_TYPE = "application/json";

    private NodeStateObject() {}

    /** Exactly the fields that the agent owns: server-side apply takes ownership of whatever is in it. */
    static PlexdNodeState from(NodeStateDesired desired, String namespace) {
        var object = new PlexdNodeState();
        object.setMetadata(new ObjectMetaBuilder()
                .withName(desired.name())
                .withNamespace(namespace)
                .withLabels(desired.labels())
                .withAnnotations(desired.annotations())
                .build());
        var spec = new PlexdNodeStateSpec();
        spec.setNodeId(desired.nodeId());
        desired.meshIp().ifPresent(spec::setMeshIp);
        desired.content().ifPresent(content -> {
            spec.setMetadata(content.metadata());
            spec.setData(content.data().stream().map(NodeStateObject::data).toList());
        });
        object.setSpec(spec);
        return object;
    }

    /**
     * The record of Secrets alone, for the object that the uid names and no other of its name.
     *
     * @param record entries, with the resource version that the object must still have; empty for any
     */
    static PlexdNodeState from(String name, SecretRecord record, String namespace) {
        var object = new PlexdNodeState();
        object.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .withUid(record.uid())
                .withResourceVersion(record.resourceVersion().isEmpty() ? null : record.resourceVersion())
                .build());
        var spec = new PlexdNodeStateSpec();
        spec.setSecretRefs(record.entries().stream().map(NodeStateObject::ref).toList());
        object.setSpec(spec);
        return object;
    }

    static NodeStateObserved observed(PlexdNodeState object) {
        var spec = object.getSpec();
        var entries = orEmpty(spec.getData()).stream()
                .map(data -> new DataEntry(
                        data.getKey(),
                        orElse(data.getContentType(), DEFAULT_CONTENT_TYPE),
                        payload(data.getPayload()),
                        orElse(data.getVersion(), 0L),
                        instant(data.getUpdatedAt()).orElse(Instant.EPOCH)))
                .toList();
        return new NodeStateObserved(
                spec.getNodeId(),
                Optional.ofNullable(spec.getMeshIp()),
                orElse(object.getMetadata().getLabels(), Map.of()),
                orElse(object.getMetadata().getAnnotations(), Map.of()),
                new NodeStateContent(orElse(spec.getMetadata(), Map.of()), entries),
                secrets(object),
                reports(object));
    }

    private static SecretRecord secrets(PlexdNodeState object) {
        var entries = orEmpty(object.getSpec().getSecretRefs()).stream()
                .map(ref -> new RecordedSecret(
                        ref.getKey(),
                        ref.getSecretName(),
                        ref.getVersion() == null ? OptionalLong.empty() : OptionalLong.of(ref.getVersion())))
                .toList();
        var meta = object.getMetadata();
        return new SecretRecord(meta.getUid(), meta.getResourceVersion(), entries);
    }

    private static SecretRefs ref(RecordedSecret entry) {
        var ref = new SecretRefs();
        ref.setKey(entry.key());
        ref.setSecretName(entry.secretName());
        entry.version().ifPresent(ref::setVersion);
        return ref;
    }

    private static List<ReportEntry> reports(PlexdNodeState object) {
        var status = object.getStatus();
        if (status == null) {
            return List.of();
        }
        return orEmpty(status.getReport()).stream().map(NodeStateObject::report).toList();
    }

    private static ReportEntry report(Report report) {
        return new ReportEntry(
                report.getKey(),
                orElse(report.getContentType(), DEFAULT_CONTENT_TYPE),
                payload(report.getPayload()),
                orElse(report.getVersion(), 0L),
                instant(report.getUpdatedAt()));
    }

    private static Data data(DataEntry entry) {
        var data = new Data();
        data.setKey(entry.key());
        data.setContentType(entry.contentType());
        data.setVersion(entry.version());
        if (!entry.updatedAt().equals(Instant.EPOCH)) {
            data.setUpdatedAt(entry.updatedAt().atZone(ZoneOffset.UTC));
        }
        // A null member would be dropped by the server; leaving it out says the same without a difference.
        if (!entry.payloadJson().equals("null")) {
            data.setPayload(new AnyType(JsonText.plain(entry.payloadJson())));
        }
        return data;
    }

    private static String payload(@Nullable AnyType payload) {
        return payload == null || payload.getValue() == null ? "null" : JsonText.fromPlain(payload.getValue());
    }

    private static Optional<Instant> instant(@Nullable ZonedDateTime time) {
        return Optional.ofNullable(time).map(ZonedDateTime::toInstant);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
