package io.nodeplane.plexd.nodestate;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import com.plexsphere.plexd.v1alpha1.PlexdNodeStateSpec;
import com.plexsphere.plexd.v1alpha1.plexdnodestatespec.Data;
import com.plexsphere.plexd.v1alpha1.plexdnodestatespec.SecretRefs;
import com.plexsphere.plexd.v1alpha1.plexdnodestatestatus.Report;
import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.nodeplane.plexd.nodesecrets.RecordedSecret;
import io.nodeplane.plexd.nodestate.NodeStateObserved.SecretRecord;
import io.nodeplane.plexd.report.ReportEntry;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.runtime.text.Unicode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where the generated types of PlexdNodeState meet ours. */
final class NodeStateObject {
    /** What a payload is when its entry does not say. */
    private static final String DEFAULT_CONTENT_TYPE = "application/json";

    /** Levels of a payload; it is compared and written by recursion on 256 KiB of stack, and anybody's pod may write it. */
    private static final int MAX_DEPTH = 128;

    private static final Logger LOG = LoggerFactory.getLogger(NodeStateObject.class);

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

    /**
     * What the object says, whatever it is: a schema may be replaced, and one broken entry must cost neither the others nor the
     * agent. Entries without key are left out; of two with one key the last counts.
     */
    static NodeStateObserved observed(PlexdNodeState object) {
        var spec = object.getSpec() == null ? new PlexdNodeStateSpec() : object.getSpec();
        var labels = object.getMetadata() == null ? null : object.getMetadata().getLabels();
        var entries = byKey(spec.getData(), Data::getKey, Data::getPayload).values().stream()
                .map(NodeStateObject::entry)
                .toList();
        return new NodeStateObserved(
                orElse(spec.getNodeId(), ""),
                Optional.ofNullable(spec.getMeshIp()),
                texts(labels),
                texts(object.getMetadata() == null ? null : object.getMetadata().getAnnotations()),
                new NodeStateContent(texts(spec.getMetadata()), entries),
                secrets(object.getMetadata(), spec),
                reports(object));
    }

    private static SecretRecord secrets(@Nullable ObjectMeta meta, PlexdNodeStateSpec spec) {
        var entries = orEmpty(spec.getSecretRefs()).stream()
                .filter(ref -> ref != null && ref.getKey() != null && ref.getSecretName() != null)
                .map(ref -> new RecordedSecret(
                        ref.getKey(),
                        ref.getSecretName(),
                        ref.getVersion() == null ? OptionalLong.empty() : OptionalLong.of(ref.getVersion())))
                .toList();
        return new SecretRecord(
                meta == null ? "" : orElse(meta.getUid(), ""),
                meta == null ? "" : orElse(meta.getResourceVersion(), ""),
                entries);
    }

    private static SecretRefs ref(RecordedSecret entry) {
        var ref = new SecretRefs();
        ref.setKey(entry.key());
        ref.setSecretName(entry.secretName());
        entry.version().ifPresent(ref::setVersion);
        return ref;
    }

    private static DataEntry entry(Data data) {
        return new DataEntry(
                data.getKey(),
                orElse(data.getContentType(), DEFAULT_CONTENT_TYPE),
                payload(data.getPayload()),
                orElse(data.getVersion(), 0L),
                instant(data.getUpdatedAt()).orElse(Instant.EPOCH));
    }

    private static List<ReportEntry> reports(PlexdNodeState object) {
        var status = object.getStatus();
        if (status == null) {
            return List.of();
        }
        return byKey(status.getReport(), Report::getKey, Report::getPayload).values().stream()
                .map(NodeStateObject::report)
                .toList();
    }

    private static ReportEntry report(Report report) {
        return new ReportEntry(
                Unicode.wellFormed(report.getKey()),
                Unicode.wellFormed(orElse(report.getContentType(), DEFAULT_CONTENT_TYPE)),
                payload(report.getPayload()),
                orElse(report.getVersion(), 0L),
                instant(report.getUpdatedAt()));
    }

    /** Usable entries in their order. */
    private static <T> Map<String, T> byKey(
            @Nullable List<T> entries, Function<T, @Nullable String> key, Function<T, @Nullable AnyType> payload) {
        var usable = new LinkedHashMap<String, T>();
        for (@Nullable T entry : orEmpty(entries)) {
            var name = entry == null ? null : key.apply(entry);
            if (entry == null || name == null || name.isEmpty()) {
                LOG.atWarn().log("entry of the node state without a key is left out");
            } else if (isTooDeep(payload.apply(entry))) {
                LOG.atWarn()
                        .addKeyValue("key", name)
                        .addKeyValue("limit", MAX_DEPTH)
                        .log("entry of the node state is nested too deeply and is left out");
            } else {
                usable.put(name, entry);
            }
        }
        return usable;
    }

    private static boolean isTooDeep(@Nullable AnyType payload) {
        return payload != null && JsonText.depth(payload.getValue(), MAX_DEPTH) > MAX_DEPTH;
    }

    /** Without members that are null, which maps of ours do not hold. */
    private static Map<String, String> texts(@Nullable Map<String, String> texts) {
        var present = new HashMap<>(orElse(texts, Map.of()));
        present.values().removeIf(Objects::isNull);
        return present;
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
