package io.nodeplane.plexd.privileges;

import io.nodeplane.plexd.privileges.Privilege.PodSetting;
import io.nodeplane.plexd.privileges.Privilege.Reach;
import io.nodeplane.plexd.privileges.Privilege.Right;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every privilege, one line each: the bundle may grant these and no others. A test holds the manifests to this list, and writes
 * the table of kustomize/DESIGN.md from it. A line more here is a line more in base/plexd/clusterrole.yaml and in
 * components/namespaced-rbac.
 */
public final class Privileges {
    private static final String PLEXD = "plexd.plexsphere.com";
    private static final String CORE = "";

    /** Rights first, then settings of the pod (seed "RBAC permissions", "DaemonSet configuration", "Volume mounts"). */
    public static final List<Privilege> ALL = List.of(
            right(
                    PLEXD,
                    "plexdnodestates",
                    "get list watch create update patch delete",
                    Feature.NODE_STATE,
                    "keep `node-{node_id}` by server-side apply and watch it"),
            right(
                    PLEXD,
                    "plexdnodestates/status",
                    "get patch update",
                    Feature.NODE_STATE,
                    "read `status.report` for the control plane; never written"),
            right(
                    CORE,
                    "secrets",
                    "create get update delete",
                    Feature.NODE_SECRETS,
                    "one Secret per secret reference, by name: no list, no watch"),
            right(PLEXD, "plexdhooks", "get list watch", Feature.HOOKS, "see the hooks that ask for a run"),
            right(PLEXD, "plexdhooks/status", "get update patch", Feature.HOOKS, "phase, Job and times of a hook"),
            right(
                    PLEXD,
                    "plexdhooks/finalizers",
                    "update",
                    Feature.HOOKS,
                    "Jobs that block the deletion of their hook, where OwnerReferencesPermissionEnforcement is on"),
            right("batch", "jobs", "create get list watch", Feature.HOOKS, "run a hook as a Job and follow it"),
            right(CORE, "pods", "list", Feature.HOOKS, "exit code and reason of a hook's pod"),
            right(CORE, "pods/log", "get", Feature.HOOKS, "last lines of a failed hook's log"),
            right(CORE, "events", "create", Feature.HOOKS, "events of a hook"),
            clusterRight(CORE, "nodes", "list", Feature.HOOKS, "names of the nodes of a hook's `nodeSelector`"),
            clusterRight(
                    "authentication.k8s.io",
                    "tokenreviews",
                    "create",
                    Feature.NODE_API,
                    "know who calls with a ServiceAccount token"),
            clusterRight(
                    "authorization.k8s.io",
                    "subjectaccessreviews",
                    "create",
                    Feature.NODE_API,
                    "what such a caller may do: run an action, read a secret, write a report"),
            pod("hostNetwork", Feature.MESH, "the mesh is the host's network; the probes use its loopback too"),
            pod("capability NET_ADMIN", Feature.MESH, "WireGuard interfaces"),
            pod("capability NET_RAW", Feature.MESH, "WireGuard interfaces"),
            pod("runAsUser 0", Feature.AGENT, "host paths belong to root, and added capabilities work for root only"),
            pod("priorityClassName system-node-critical", Feature.AGENT, "last to be evicted"),
            pod("tolerations of everything", Feature.AGENT, "on every node"),
            pod("automountServiceAccountToken", Feature.NODE_STATE, "the token for the rights above"),
            pod("hostPath /var/lib/plexd, writable", Feature.AGENT, "identity, cursors, unsent batches"),
            pod("hostPath /var/run/plexd, writable", Feature.NODE_API, "the socket"),
            pod("hostPath /var/log/kubernetes/audit, read-only", Feature.AUDIT, "audit events of the API server"));

    private Privileges() {}

    /** The table for people. */
    public static String markdown() {
        return ALL.stream()
                .map(Privileges::row)
                .collect(Collectors.joining(
                        "",
                        "| Privilege | Verbs | Reach in production | Feature | Switch | For |\n|---|---|---|---|---|---|\n",
                        ""));
    }

    private static String row(Privilege privilege) {
        var feature = privilege.feature();
        var key = feature.key().isEmpty() ? "" : "`" + feature.key() + "`";
        var what = switch (privilege) {
            case Right right ->
                "`" + (right.group().isEmpty() ? "" : right.group() + "/") + right.resource() + "` | "
                        + String.join(", ", right.verbs()) + " | "
                        + (right.reach() == Reach.CLUSTER ? "cluster" : "namespace");
            case PodSetting pod -> "`" + pod.setting() + "` | | the node";
        };
        return "| " + what + " | " + feature.title() + " | " + key + " | " + privilege.purpose() + " |\n";
    }

    private static Right right(String group, String resource, String verbs, Feature feature, String purpose) {
        return new Right(Reach.NAMESPACE, group, resource, List.of(verbs.split(" ")), feature, purpose);
    }

    private static Right clusterRight(String group, String resource, String verbs, Feature feature, String purpose) {
        return new Right(Reach.CLUSTER, group, resource, List.of(verbs.split(" ")), feature, purpose);
    }

    private static PodSetting pod(String setting, Feature feature, String purpose) {
        return new PodSetting(setting, feature, purpose);
    }
}
