package io.nodeplane.plexd.hooks;

import com.plexsphere.plexd.v1alpha1.PlexdHook;
import com.plexsphere.plexd.v1alpha1.PlexdHookSpec;
import com.plexsphere.plexd.v1alpha1.PlexdHookStatus;
import com.plexsphere.plexd.v1alpha1.plexdhookspec.JobTemplate;
import com.plexsphere.plexd.v1alpha1.plexdhookspec.jobtemplate.HostPaths;
import com.plexsphere.plexd.v1alpha1.plexdhookstatus.Conditions;
import com.plexsphere.plexd.v1alpha1.plexdhookstatus.Nodes;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.nodeplane.plexd.hooks.HookSpec.HostPath;
import io.nodeplane.plexd.hooks.HookSpec.Parameter;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.Condition;
import io.nodeplane.plexd.hooks.HookStatus.NodeResult;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where the generated types of PlexdHook meet ours. */
final class HookObject {
    private static final Logger LOG = LoggerFactory.getLogger(HookObject.class);

    private HookObject() {}

    /** What the object says; empty, and told, for one that its schema would have refused. */
    static Optional<HookObserved> ifWhole(PlexdHook object) {
        if (HookShape.isWhole(object)) {
            return Optional.of(observed(object));
        }
        var name =
                object.getMetadata() == null ? "" : orElse(object.getMetadata().getName(), "");
        LOG.atWarn().addKeyValue("hook", name).log("hook lacks what its schema demands and is left alone");
        return Optional.empty();
    }

    static HookObserved observed(PlexdHook object) {
        var meta = object.getMetadata();
        return new HookObserved(
                meta.getName(),
                orElse(meta.getUid(), ""),
                orElse(meta.getGeneration(), 0L),
                orElse(meta.getResourceVersion(), ""),
                meta.getDeletionTimestamp() != null,
                spec(object.getSpec()),
                object.getStatus() == null ? HookStatus.NONE : status(object.getStatus()));
    }

    /**
     * The status that belongs to the hook as a whole. With a node selector the nodes are named only: what came of the hook
     * on each is its own agent's.
     */
    static PlexdHook withStatus(HookObserved seen, HookStatus status, String namespace) {
        var many = seen.spec().target() instanceof Target.Labelled;
        var written = new PlexdHookStatus();
        status.jobName().ifPresent(written::setJobName);
        status.phase().map(HookObject::phase).ifPresent(written::setPhase);
        if (!status.message().isEmpty()) {
            written.setMessage(status.message());
        }
        status.startedAt().map(HookObject::time).ifPresent(written::setStartedAt);
        status.completedAt().map(HookObject::time).ifPresent(written::setCompletedAt);
        written.setObservedGeneration(status.observedGeneration());
        if (!status.nodeSummary().isEmpty()) {
            written.setNodeSummary(status.nodeSummary());
        }
        written.setConditions(
                status.conditions().stream().map(HookObject::condition).toList());
        written.setNodes(status.nodes().stream()
                .map(result -> many ? named(result.node()) : entry(result))
                .toList());
        var object = empty(seen, namespace);
        object.getMetadata().setResourceVersion(seen.resourceVersion());
        object.setStatus(written);
        return object;
    }

    /** One node's entry and nothing else; whatever the state of the rest. */
    static PlexdHook withResult(HookObserved seen, NodeResult result, String namespace) {
        var status = new PlexdHookStatus();
        status.setNodes(List.of(entry(result)));
        var object = empty(seen, namespace);
        object.setStatus(status);
        return object;
    }

    /**
     * The same as a JSON patch (RFC 6902), for a list that is fixed: each entry keeps its place. It fails on a hook that was made anew.
     *
     * @throws IllegalArgumentException when the node is not in the list
     */
    static List<Map<String, Object>> resultPatch(HookObserved seen, NodeResult result) {
        var nodes = seen.status().nodes();
        var place = IntStream.range(0, nodes.size())
                .filter(index -> nodes.get(index).node().equals(result.node()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(result.node() + " is no node of hook " + seen.name()));
        var path = "/status/nodes/" + place;
        return List.of(
                Map.of("op", "test", "path", "/metadata/uid", "value", seen.uid()),
                Map.of("op", "test", "path", path + "/node", "value", result.node()),
                Map.of("op", "replace", "path", path, "value", entry(result)));
    }

    private static PlexdHook empty(HookObserved seen, String namespace) {
        var object = new PlexdHook();
        // The uid keeps a late write from a hook of the same name that was made anew.
        object.setMetadata(new ObjectMetaBuilder()
                .withName(seen.name())
                .withNamespace(namespace)
                .withUid(seen.uid())
                .build());
        return object;
    }

    private static HookSpec spec(PlexdHookSpec spec) {
        return new HookSpec(
                spec.getHookName(),
                target(spec),
                spec.getJobTemplate() == null ? HookSpec.JobTemplate.DEFAULT : template(spec.getJobTemplate()),
                orElse(spec.getParameters(), List.<com.plexsphere.plexd.v1alpha1.plexdhookspec.Parameters>of()).stream()
                        .map(parameter -> new Parameter(parameter.getName(), parameter.getValue()))
                        .toList(),
                orElse(spec.getPrivileged(), false));
    }

    private static Target target(PlexdHookSpec spec) {
        if (spec.getNodeName() != null) {
            return new Target.OneNode(spec.getNodeName());
        }
        return spec.getNodeSelector() == null ? new Target.AnyNode() : new Target.Labelled(spec.getNodeSelector());
    }

    private static HookSpec.JobTemplate template(JobTemplate template) {
        var resources = template.getResources();
        return new HookSpec.JobTemplate(
                orElse(template.getImage(), HookSpec.DEFAULT_IMAGE),
                orElse(template.getCommand(), List.of()),
                orElse(template.getArgs(), List.of()),
                Optional.ofNullable(template.getImagePullPolicy()).map(JobTemplate.ImagePullPolicy::getValue),
                resources == null ? Map.of() : amounts(resources.getRequests()),
                resources == null ? Map.of() : amounts(resources.getLimits()),
                orElse(template.getHostPaths(), List.<HostPaths>of()).stream()
                        .map(path ->
                                new HostPath(path.getPath(), path.getMountPath(), orElse(path.getReadOnly(), true)))
                        .toList(),
                Optional.ofNullable(template.getServiceAccountName()),
                orElse(template.getAutomountServiceAccountToken(), false),
                orElse(template.getBackoffLimit(), 0),
                Optional.ofNullable(template.getActiveDeadlineSeconds()),
                Optional.ofNullable(template.getTtlSecondsAfterFinished()));
    }

    private static Map<String, String> amounts(@Nullable Map<String, IntOrString> amounts) {
        var texts = new LinkedHashMap<String, String>();
        orElse(amounts, Map.<String, IntOrString>of())
                .forEach((resource, amount) -> texts.put(resource, String.valueOf(amount.getValue())));
        return texts;
    }

    private static HookStatus status(PlexdHookStatus status) {
        return new HookStatus(
                Optional.ofNullable(status.getJobName()).filter(name -> !name.isEmpty()),
                Optional.ofNullable(status.getPhase()).map(phase -> Phase.valueOf(phase.name())),
                orElse(status.getMessage(), ""),
                instant(status.getStartedAt()),
                instant(status.getCompletedAt()),
                orElse(status.getObservedGeneration(), 0L),
                orElse(status.getNodeSummary(), ""),
                orElse(status.getConditions(), List.<Conditions>of()).stream()
                        .map(HookObject::condition)
                        .toList(),
                orElse(status.getNodes(), List.<Nodes>of()).stream()
                        .map(HookObject::result)
                        .toList());
    }

    private static Condition condition(Conditions condition) {
        return new Condition(
                condition.getType(),
                condition.getStatus() == Conditions.Status.TRUE,
                condition.getReason(),
                orElse(condition.getMessage(), ""),
                instant(condition.getLastTransitionTime()).orElse(Instant.EPOCH),
                orElse(condition.getObservedGeneration(), 0L));
    }

    private static Conditions condition(Condition condition) {
        var written = new Conditions();
        written.setType(condition.type());
        written.setStatus(condition.status() ? Conditions.Status.TRUE : Conditions.Status.FALSE);
        written.setReason(condition.reason());
        written.setMessage(condition.message());
        written.setLastTransitionTime(time(condition.since()));
        written.setObservedGeneration(condition.generation());
        return written;
    }

    private static NodeResult result(Nodes entry) {
        return new NodeResult(
                entry.getNode(),
                Optional.ofNullable(entry.getJobName()),
                entry.getPhase() == null
                        ? Phase.PENDING
                        : Phase.valueOf(entry.getPhase().name()),
                orElse(entry.getMessage(), ""),
                instant(entry.getCompletedAt()));
    }

    private static Nodes entry(NodeResult result) {
        var entry = named(result.node());
        result.jobName().ifPresent(entry::setJobName);
        entry.setPhase(Nodes.Phase.valueOf(result.phase().name()));
        if (!result.message().isEmpty()) {
            entry.setMessage(result.message());
        }
        result.completedAt().map(HookObject::time).ifPresent(entry::setCompletedAt);
        return entry;
    }

    private static Nodes named(String node) {
        var entry = new Nodes();
        entry.setNode(node);
        return entry;
    }

    private static PlexdHookStatus.Phase phase(Phase phase) {
        return PlexdHookStatus.Phase.valueOf(phase.name());
    }

    private static ZonedDateTime time(Instant instant) {
        return instant.atZone(ZoneOffset.UTC);
    }

    private static Optional<Instant> instant(@Nullable ZonedDateTime time) {
        return Optional.ofNullable(time).map(ZonedDateTime::toInstant);
    }

    private static <T> T orElse(@Nullable T value, T fallback) {
        return Objects.requireNonNullElse(value, fallback);
    }
}
