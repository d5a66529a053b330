package io.nodeplane.plexd.hooks;

import com.plexsphere.plexd.v1alpha1.PlexdHook;
import com.plexsphere.plexd.v1alpha1.PlexdHookSpec;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nodeplane.model.ModelJson;
import io.nodeplane.plexd.cluster.ClusterClient;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import io.nodeplane.testing.apiserver.ApiServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One namespace of a real API server, with the agent's own account and the bundle's ClusterRole. No kubelet and no Job
 * controller run there: the test says what they would say.
 */
final class HookCluster implements AutoCloseable {
    private static final Path ROOT = Path.of("../..");
    private static final Path ROLE = ROOT.resolve("kustomize/base/plexd/clusterrole.yaml");
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String namespace = "hooks-" + COUNT.incrementAndGet();
    private final KubernetesClient admin;
    private final KubernetesClient agent;
    private final ApiServer server;
    private final Map<String, KubernetesClient> agents = new LinkedHashMap<>();
    private final HookSteps.Ports ports;

    HookCluster(ApiServer server) throws IOException {
        this.server = server;
        server.installCrds(ROOT.resolve("crds"));
        admin = server.client();
        var meta = new ObjectMetaBuilder().withName(namespace).build();
        admin.resource(new NamespaceBuilder().withMetadata(meta).build()).create();
        for (var account : List.of("default", "plexd", HookRules.OWN_ACCOUNT)) {
            var object = new ServiceAccountBuilder()
                    .withNewMetadata()
                    .withName(account)
                    .endMetadata()
                    .build();
            admin.resource(object).inNamespace(namespace).create();
        }
        bind();
        agent = ClusterClient.open(server.account(namespace, "plexd").config());
        ports = ports(agent);
    }

    private HookSteps.Ports ports(KubernetesClient client) {
        return new HookSteps.Ports(
                new KubernetesHookObjects(client, namespace),
                new KubernetesHookJobs(client, namespace),
                new KubernetesSurroundings(client, namespace, Clock.systemUTC()));
    }

    /** What the bundle grants, and nothing else. */
    void bind() throws IOException {
        try (var yaml = Files.newInputStream(ROLE)) {
            admin.load(yaml).items().stream()
                    .filter(ClusterRole.class::isInstance)
                    .forEach(role -> admin.resource(role).fieldManager("test").serverSideApply());
        }
        var binding = new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "plexd")
                .addNewSubject("", "ServiceAccount", "plexd", namespace)
                .build();
        admin.resource(binding).create();
    }

    /** Takes the agent's rights away. */
    void unbind() {
        admin.rbac().clusterRoleBindings().withName(namespace).delete();
    }

    /** As everybody sees it who may. */
    HookObserved hook(String name) {
        return HookObject.observed(admin.resources(PlexdHook.class)
                .inNamespace(namespace)
                .withName(name)
                .require());
    }

    String namespace() {
        return namespace;
    }

    /** The agent's. */
    KubernetesClient client() {
        return agent;
    }

    HookList list() {
        return new KubernetesHookObjects(agent, namespace);
    }

    HookSteps.Ports ports() {
        return ports;
    }

    /** With a token that is bound to a pod on the node, as the kubelet hands it out. */
    HookSteps.Ports ports(String node) {
        return ports(client(node));
    }

    KubernetesClient client(String node) {
        return agents.computeIfAbsent(
                node,
                name -> ClusterClient.open(
                        server.accountOnNode(namespace, "plexd", name).config()));
    }

    HookObserved make(String name, HookSpec spec) {
        var object = new PlexdHook();
        object.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        object.setSpec(written(spec));
        return HookObject.observed(admin.resource(object).create());
    }

    HookObserved change(String name, HookSpec spec) {
        var hooks = admin.resources(PlexdHook.class).inNamespace(namespace);
        return HookObject.observed(hooks.withName(name).edit(object -> {
            object.setSpec(written(spec));
            return object;
        }));
    }

    void remove(String name) {
        admin.resources(PlexdHook.class).inNamespace(namespace).withName(name).delete();
    }

    void addNode(String name, Map<String, String> labels) {
        var node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
        admin.resource(node).fieldManager("test").forceConflicts().serverSideApply();
    }

    /** The Job controller's words; a Job of a failed pod is given one. */
    void becomes(String name, Phase phase) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        if (phase == Phase.FAILED) {
            pod(name, """
                    {"terminated":{"exitCode":3,"reason":"Error","startedAt":"%s","finishedAt":"%s"}}""".formatted(now, now));
        }
        var status = switch (phase) {
            case PENDING -> "\"active\":1,\"ready\":0";
            case RUNNING -> "\"active\":1,\"ready\":1";
            case SUCCEEDED ->
                "\"active\":0,\"ready\":0,\"succeeded\":1,\"completionTime\":\"" + now + "\","
                        + conditions(now, "CompletionsReached", "SuccessCriteriaMet", "Complete");
            case FAILED ->
                "\"active\":0,\"ready\":0,\"failed\":1,"
                        + conditions(now, "BackoffLimitExceeded", "FailureTarget", "Failed");
        };
        var job = job(name);
        // It never changes, which the server checks.
        var started = job.getStatus() == null ? null : job.getStatus().getStartTime();
        admin.resource(job)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\":{\"startTime\":\"" + (started == null ? now : started) + "\"," + status + "}}");
    }

    void lacksItsImage(String job) {
        pod(job, "{\"waiting\":{\"reason\":\"ErrImagePull\",\"message\":\"no such image\"}}");
    }

    void removeJob(String name) {
        admin.batch().v1().jobs().inNamespace(namespace).withName(name).delete();
    }

    void stranger(String job) {
        admin.load(new ByteArrayInputStream("""
                        apiVersion: batch/v1
                        kind: Job
                        metadata: {name: %s}
                        spec:
                          template:
                            spec:
                              restartPolicy: Never
                              containers: [{name: a, image: a}]
                        """.formatted(job).getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .create();
    }

    List<String> events() {
        return admin.v1().events().inNamespace(namespace).list().getItems().stream()
                .map(event -> event.getInvolvedObject().getName() + " " + event.getReason())
                .toList();
    }

    Job job(String name) {
        return admin.batch().v1().jobs().inNamespace(namespace).withName(name).require();
    }

    /** Repeats until the check passes. */
    static void eventually(HookFlowContract.Check check) throws Exception {
        var end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError notYet) {
                if (Instant.now().isAfter(end)) {
                    throw notYet;
                }
                Thread.sleep(Duration.ofMillis(20));
            }
        }
    }

    @Override
    public void close() {
        agent.close();
        agents.values().forEach(KubernetesClient::close);
    }

    private void pod(String job, String state) {
        var uid = job(job).getMetadata().getUid();
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(job + "-x")
                .withNamespace(namespace)
                .addToLabels("batch.kubernetes.io/controller-uid", uid)
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("hook")
                .withImage("busybox:latest")
                .endContainer()
                .endSpec()
                .build();
        admin.resource(pod).create();
        admin.resource(pod).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status":{"containerStatuses":[{"name":"hook","image":"busybox:latest","imageID":"",
                        "ready":false,"restartCount":0,"state":%s}]}}""".formatted(state));
    }

    private static String conditions(Instant now, String reason, String... types) {
        var all = new StringJoiner(",", "\"conditions\":[", "]");
        for (var type : types) {
            all.add("""
                    {"type":"%s","status":"True","reason":"%s","lastTransitionTime":"%s"}""".formatted(type, reason, now));
        }
        return all.toString();
    }

    /** A spec as a user writes it: through JSON, which is what the tests are about. */
    private static PlexdHookSpec written(HookSpec spec) {
        var json = new LinkedHashMap<String, Object>();
        json.put("hookName", spec.hookName());
        json.put("privileged", spec.privileged());
        switch (spec.target()) {
            case Target.AnyNode _ -> {}
            case Target.OneNode(var node) -> json.put("nodeName", node);
            case Target.Labelled(var labels) -> json.put("nodeSelector", labels);
        }
        json.put("parameters", spec.parameters());
        json.put("jobTemplate", template(spec.template()));
        return ModelJson.serialization().convertValue(json, PlexdHookSpec.class);
    }

    private static Map<String, Object> template(HookSpec.JobTemplate template) {
        var json = new LinkedHashMap<String, Object>();
        json.put("image", template.image());
        json.put("command", template.command());
        json.put("args", template.args());
        template.imagePullPolicy().ifPresent(policy -> json.put("imagePullPolicy", policy));
        json.put("resources", Map.of("requests", template.requests(), "limits", template.limits()));
        json.put("hostPaths", template.hostPaths());
        template.serviceAccountName().ifPresent(account -> json.put("serviceAccountName", account));
        if (template.mountsToken()) {
            json.put("automountServiceAccountToken", true);
        }
        json.put("backoffLimit", template.backoffLimit());
        template.activeDeadlineSeconds().ifPresent(seconds -> json.put("activeDeadlineSeconds", seconds));
        template.ttlSecondsAfterFinished().ifPresent(seconds -> json.put("ttlSecondsAfterFinished", seconds));
        return json;
    }
}
