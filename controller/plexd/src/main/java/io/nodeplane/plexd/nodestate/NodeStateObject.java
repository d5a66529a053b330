package io.nodeplane.plexd.nodestate;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import com.plexsphere.plexd.v1alpha1.PlexdNodeStateSpec;
import com.plexsphere.plexd.v1alpha1.plexdnodestatespec.Data;
import com.plexsphere.plexd.v1alpha1.plexdnodestatestatus.Report;
import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.nodeplane.plexd.report.ReportEntry;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                new NodeStateContent(orElse(spec.getMetadata(), Map.of()), entries),
                reports(object));
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
