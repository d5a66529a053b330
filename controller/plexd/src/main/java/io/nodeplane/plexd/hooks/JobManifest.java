package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.cluster.ObjectName;
import io.nodeplane.plexd.hooks.HookSpec.HostPath;
import io.nodeplane.plexd.hooks.HookSpec.JobTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Job of a hook as Kubernetes takes it (seed "PlexdHook", Job creation details), as plain maps and lists.
 *
 * <p>Not as the client's types: those of a pod are hundreds of classes, which every node would hold for a few members.
 */
final class JobManifest {
    /** Label that says whose Jobs these are. */
    static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
    /** The seed's label. */
    static final String HOOK_NAME_LABEL = "plexd.plexsphere.com/hook-name";
    /** The node that the Job is for, by which its agent finds it; also as annotation, unshortened. */
    static final String NODE_NAME = "plexd.plexsphere.com/node-name";

    private static final String MANAGER = "plexd";
    /** The agent must be able to see how a Job ended, also when it is restarted just then. */
    private static final int SHORTEST_TTL_SECONDS = 600;

    private JobManifest() {}

    /** Labels of the Jobs that an agent made on its node. */
    static Map<String, String> selector(String node) {
        return Map.of(MANAGED_BY_LABEL, MANAGER, NODE_NAME, ObjectName.labelValue(node));
    }

    /** The whole object, members in a fixed order. */
    static Map<String, Object> of(HookDesired desired) {
        var job = new LinkedHashMap<String, Object>();
        job.put("apiVersion", "batch/v1");
        job.put("kind", "Job");
        job.put("metadata", metadata(desired));
        job.put("spec", jobSpec(desired));
        return job;
    }

    private static Map<String, Object> metadata(HookDesired desired) {
        var hook = desired.hook();
        var owner = new LinkedHashMap<String, Object>();
        owner.put("apiVersion", "plexd.plexsphere.com/v1alpha1");
        owner.put("kind", "PlexdHook");
        owner.put("name", hook.name());
        owner.put("uid", hook.uid());
        owner.put("controller", true);
        owner.put("blockOwnerDeletion", true);
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", desired.name());
        metadata.put("namespace", desired.namespace());
        metadata.put("labels", labels(desired));
        metadata.put("annotations", Map.of(NODE_NAME, desired.node()));
        metadata.put("ownerReferences", List.of(owner));
        return metadata;
    }

    private static Map<String, Object> labels(HookDesired desired) {
        var labels = new LinkedHashMap<String, Object>();
        labels.put(MANAGED_BY_LABEL, MANAGER);
        labels.put(HOOK_NAME_LABEL, ObjectName.labelValue(desired.hook().spec().hookName()));
        labels.put(NODE_NAME, ObjectName.labelValue(desired.node()));
        return labels;
    }

    private static Map<String, Object> jobSpec(HookDesired desired) {
        var template = desired.hook().spec().template();
        var spec = new LinkedHashMap<String, Object>();
        // Kubernetes would run a failed pod six times; a hook changes its node, so it runs once unless it says
        // otherwise.
        spec.put("backoffLimit", template.backoffLimit());
        template.activeDeadlineSeconds().ifPresent(seconds -> spec.put("activeDeadlineSeconds", seconds));
        template.ttlSecondsAfterFinished()
                .ifPresent(seconds -> spec.put("ttlSecondsAfterFinished", Math.max(seconds, SHORTEST_TTL_SECONDS)));
        spec.put("template", Map.of("metadata", Map.of("labels", labels(desired)), "spec", podSpec(desired)));
        return spec;
    }

    private static Map<String, Object> podSpec(HookDesired desired) {
        var hook = desired.hook().spec();
        var template = hook.template();
        var spec = new LinkedHashMap<String, Object>();
        spec.put("serviceAccountName", template.serviceAccountName().orElse(HookRules.OWN_ACCOUNT));
        spec.put("automountServiceAccountToken", template.mountsToken());
        // A Service called plexd-* would otherwise put PLEXD_* variables beside the parameters.
        spec.put("enableServiceLinks", false);
        spec.put("restartPolicy", "Never");
        spec.put("nodeSelector", Map.of("kubernetes.io/hostname", desired.node()));
        // As the agent's own pod: hooks are for nodes with a taint too, above all for those.
        spec.put("tolerations", List.of(Map.of("operator", "Exists")));
        if (!hook.privileged()) {
            spec.put("securityContext", Map.of("seccompProfile", Map.of("type", "RuntimeDefault")));
        }
        spec.put("containers", List.of(container(desired)));
        if (!template.hostPaths().isEmpty()) {
            spec.put("volumes", volumes(template.hostPaths()));
        }
        return spec;
    }

    private static Map<String, Object> container(HookDesired desired) {
        var hook = desired.hook().spec();
        var template = hook.template();
        var container = new LinkedHashMap<String, Object>();
        container.put("name", "hook");
        container.put("image", template.image());
        template.imagePullPolicy().ifPresent(policy -> container.put("imagePullPolicy", policy));
        putUnlessEmpty(container, "command", template.command());
        putUnlessEmpty(container, "args", template.args());
        container.put("env", environment(desired.environment()));
        var resources = resources(template);
        if (!resources.isEmpty()) {
            container.put("resources", resources);
        }
        container.put("securityContext", securityContext(hook.privileged()));
        putUnlessEmpty(container, "volumeMounts", mounts(template.hostPaths()));
        return container;
    }

    private static Map<String, Object> securityContext(boolean privileged) {
        var context = new LinkedHashMap<String, Object>();
        if (privileged) {
            context.put("privileged", true);
            return context;
        }
        context.put("readOnlyRootFilesystem", true);
        context.put("allowPrivilegeEscalation", false);
        context.put("capabilities", Map.of("drop", List.of("ALL")));
        return context;
    }

    private static Map<String, Object> resources(JobTemplate template) {
        var resources = new LinkedHashMap<String, Object>();
        if (!template.requests().isEmpty()) {
            resources.put("requests", template.requests());
        }
        if (!template.limits().isEmpty()) {
            resources.put("limits", template.limits());
        }
        return resources;
    }

    private static List<Map<String, Object>> environment(Map<String, String> variables) {
        var entries = new ArrayList<Map<String, Object>>();
        variables.forEach((name, value) -> entries.add(pair("name", name, "value", value)));
        return entries;
    }

    private static List<Map<String, Object>> mounts(List<HostPath> paths) {
        var mounts = new ArrayList<Map<String, Object>>();
        for (var i = 0; i < paths.size(); i++) {
            var mount = pair("name", volumeName(i), "mountPath", paths.get(i).mountPath());
            mount.put("readOnly", paths.get(i).readOnly());
            mounts.add(mount);
        }
        return mounts;
    }

    private static List<Map<String, Object>> volumes(List<HostPath> paths) {
        var volumes = new ArrayList<Map<String, Object>>();
        for (var i = 0; i < paths.size(); i++) {
            volumes.add(pair(
                    "name",
                    volumeName(i),
                    "hostPath",
                    Map.of("path", paths.get(i).path())));
        }
        return volumes;
    }

    private static String volumeName(int index) {
        return "host-" + index;
    }

    private static Map<String, Object> pair(String first, Object firstValue, String second, Object secondValue) {
        var pair = new LinkedHashMap<String, Object>();
        pair.put(first, firstValue);
        pair.put(second, secondValue);
        return pair;
    }

    private static void putUnlessEmpty(Map<String, Object> object, String member, List<?> list) {
        if (!list.isEmpty()) {
            object.put(member, list);
        }
    }
}
