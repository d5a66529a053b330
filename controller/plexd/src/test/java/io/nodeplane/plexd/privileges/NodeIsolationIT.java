package io.nodeplane.plexd.privileges;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nodeplane.testing.apiserver.Access;
import io.nodeplane.testing.apiserver.ApiServer;
import io.nodeplane.testing.apiserver.SharedApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/**
 * The admission policy of the bundle on a real API server: agents with the rights of the bundle and tokens that are bound to a
 * pod on a node, as the kubelet hands them out.
 */
@ExtendWith(SharedApiServer.class)
final class NodeIsolationIT {
    private static final Path ROOT = Path.of("../..");
    private static final String NAMESPACE = "node-isolation";
    private static final String MINE = "worker-1";
    private static final String THEIRS = "worker-2";
    /** Over 63 characters: no label holds it. */
    private static final String LONG = "a-rather-long-name-of-a-machine.in-a-rack.of-a-data-centre.example.org";

    private static KubernetesClient admin;
    private static OwnNodePolicy policy;
    private static KubernetesClient agent;
    private static KubernetesClient unbound;
    private static KubernetesClient longNamed;

    @BeforeAll
    static void install(ApiServer server) throws IOException, InterruptedException {
        admin = server.client();
        server.installCrds(ROOT.resolve("crds"));
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        server.apply(
                NAMESPACE,
                ROOT.resolve("kustomize/base/plexd/serviceaccount.yaml"),
                ROOT.resolve("kustomize/components/namespaced-rbac/role.yaml"));
        agent = client(server.accountOnNode(NAMESPACE, "plexd", MINE));
        longNamed = client(server.accountOnNode(NAMESPACE, "plexd", LONG));
        unbound = client(server.account(NAMESPACE, "plexd"));
        policy = OwnNodePolicy.in(server, NAMESPACE);
    }

    @AfterAll
    static void remove() throws IOException, InterruptedException {
        policy.lift();
        List.of(agent, unbound, longNamed).forEach(KubernetesClient::close);
    }

    @BeforeEach
    void oneObjectOfEachKindForTheOtherNode() {
        for (var node : List.of(MINE, THEIRS)) {
            put(state("node-" + node, node));
            put(secret("plexd-secret-" + node, node));
        }
        List.of("for-any", "for-theirs", "for-mine", "for-many")
                .forEach(name -> admin.resource(hook(name, "")).delete());
        put(hook("for-any", ""));
        put(object(
                "plexd.plexsphere.com/v1alpha1",
                "PlexdHook",
                "for-many",
                Map.of("spec", Map.of("hookName", "h", "nodeSelector", Map.of("disk", "ssd")))));
        put(hook("for-theirs", THEIRS));
        put(hook("for-mine", MINE));
    }

    @Test
    void anAgentKeepsItsOwnObjects() {
        assertDoesNotThrow(() -> {
            apply(agent, state("node-" + MINE, MINE));
            apply(agent, state("node-new", MINE));
            agent.resource(state("node-new", MINE)).delete();
            agent.resource(secret("fresh", MINE)).create();
            agent.resource(secret("fresh", MINE)).update();
            agent.resource(secret("fresh", MINE)).delete();
            agent.resource(job("by-selector", "nodeSelector", Map.of("kubernetes.io/hostname", MINE)))
                    .create();
            agent.resource(job("by-name", "nodeName", MINE)).create();
        });
        admin.batch().v1().jobs().inNamespace(NAMESPACE).delete();
    }

    @Test
    void aTokenOfAnotherNodeWritesNoNodeState() {
        var theirs = state("node-" + THEIRS, THEIRS);
        refused("writes its own objects only", () -> apply(agent, theirs));
        refused("writes its own objects only", () -> apply(agent, state("node-" + THEIRS, MINE)));
        refused("writes its own objects only", () -> apply(agent, state("node-forged", THEIRS)));
        refused("writes its own objects only", () -> agent.resource(theirs).delete());
        // Given away, or with a label that says otherwise than the annotation.
        refused("writes its own objects only", () -> apply(agent, state("node-" + MINE, THEIRS)));
        refused("writes its own objects only", () -> apply(agent, marked(state("node-x", MINE), THEIRS)));
    }

    @Test
    void aTokenOfAnotherNodeWritesNoSecret() {
        var theirs = secret("plexd-secret-" + THEIRS, THEIRS);
        refused("writes its own objects only", () -> agent.resource(theirs).update());
        refused("writes its own objects only", () -> agent.resource(theirs).delete());
        refused(
                "writes its own objects only",
                () -> agent.resource(secret("forged", THEIRS)).create());
        refused(
                "writes its own objects only",
                () -> agent.resource(secret("plexd-secret-" + THEIRS, MINE)).update());
    }

    @Test
    void noAgentWritesSecretsOfAnybodyElse() {
        var bootstrap = secret("plexd-bootstrap", MINE);
        bootstrap.getMetadata().setLabels(Map.of("plexd.plexsphere.com/node-name", MINE));
        put(bootstrap);

        refused("managed-by=plexd", () -> agent.resource(bootstrap).update());
        refused("managed-by=plexd", () -> agent.resource(bootstrap).delete());
        refused(
                "managed-by=plexd",
                () -> agent.resource(secret("plexd-bootstrap", MINE)).update());
    }

    @Test
    void noAgentRunsJobsElsewhere() {
        refused(
                "must be pinned",
                () -> agent.resource(job("j", "nodeName", THEIRS)).create());
        refused(
                "must be pinned",
                () -> agent.resource(job("j", "nodeSelector", Map.of("kubernetes.io/hostname", THEIRS)))
                        .create());
        refused(
                "must be pinned",
                () -> agent.resource(job("j", "nodeSelector", Map.of("disk", "ssd")))
                        .create());
    }

    @Test
    void anAgentSaysWhatBecameOfAHookOnItsNodeOnly() {
        refused("the hook is for another node", () -> status(agent, "for-theirs", entry(MINE, "Running")));
        assertDoesNotThrow(() -> status(agent, "for-mine", entry(MINE, "Running")));
        // The first lists the nodes, and says nothing about the others.
        refused(
                "its own entry",
                () -> status(agent, "for-many", entry(MINE, "Running") + "," + entry(THEIRS, "Failed")));
        assertDoesNotThrow(() -> status(agent, "for-many", entry(MINE, "Running") + "," + entry(THEIRS, "Pending")));
        assertDoesNotThrow(() -> status(agent, "for-many", entry(MINE, "Succeeded") + "," + entry(THEIRS, "Pending")));
        refused(
                "its own entry",
                () -> status(agent, "for-many", entry(MINE, "Running") + "," + entry(THEIRS, "Failed")));
        refused("its own entry", () -> status(agent, "for-many", entry(MINE, "Running")));
        refused(
                "its own entry",
                () -> status(longNamed, "for-many", entry(MINE, "Succeeded") + "," + entry(THEIRS, "Pending")));
    }

    @Test
    void whoeverSeesTheEndOfAHookClosesIt() {
        var ended = entry(MINE, "Succeeded") + "," + entry(THEIRS, "Failed");
        status(admin, "for-many", ended);

        assertDoesNotThrow(() -> status(longNamed, "for-many", ended));
        refused("its own entry", () -> status(longNamed, "for-many", entry(MINE, "Succeeded")));
    }

    /** Who finds another node's Job for a hook for no certain node says so, for its maker may have died. */
    @Test
    void aHookForNoCertainNodeIsAnyAgentsUntilItHasBegun() {
        assertDoesNotThrow(() -> status(agent, "for-any", entry(THEIRS, "Running")));
        refused("its own entry", () -> status(agent, "for-any", entry(THEIRS, "Failed")));
    }

    @Test
    void theListOfTwoThousandNodesIsNotTooLongForTheRules() {
        var others = IntStream.range(0, 1999)
                .mapToObj(i -> "," + entry("node-%04d.of-a-data-centre.example.org".formatted(i), "Pending"))
                .collect(Collectors.joining());

        assertDoesNotThrow(() -> status(agent, "for-many", entry(MINE, "Pending") + others));
        assertDoesNotThrow(() -> status(agent, "for-many", entry(MINE, "Running") + others));
        refused("its own entry", () -> status(agent, "for-many", entry(MINE, "Running")));
    }

    @Test
    void aTokenWithoutANodeWritesNothing() {
        refused("names no node", () -> apply(unbound, state("node-" + MINE, MINE)));
        refused("names no node", () -> unbound.resource(secret("fresh", "")).create());
        refused(
                "names no node",
                () -> unbound.resource(job("j", "nodeName", MINE)).create());
    }

    @Test
    void aNameTooLongForALabelIsCompared() {
        assertDoesNotThrow(() -> apply(longNamed, state("node-long", LONG)));
        refused("writes its own objects only", () -> apply(agent, state("node-long", MINE)));
        refused("writes its own objects only", () -> apply(agent, state("node-long", LONG)));
    }

    @Test
    void theRulesAreForAgentsAlone() {
        assertDoesNotThrow(() -> put(state("node-" + THEIRS, THEIRS)));
        assertDoesNotThrow(() -> put(job("anywhere", "nodeName", THEIRS)));
    }

    private static void refused(String why, Executable write) {
        var refusal = assertThrows(KubernetesClientException.class, write);
        assertEquals(403, refusal.getCode(), refusal::getMessage);
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("plexd-own-node")
                        && String.valueOf(refusal.getMessage()).contains(why),
                refusal::getMessage);
    }

    private static void apply(KubernetesClient client, HasMetadata object) {
        client.resource(object).fieldManager("plexd").forceConflicts().serverSideApply();
    }

    private static void put(HasMetadata object) {
        admin.resource(object).fieldManager("admin").forceConflicts().serverSideApply();
    }

    private static void status(KubernetesClient client, String hook, String entries) {
        client.resource(hook(hook, ""))
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"nodes\":[" + entries + "]}}");
    }

    private static String entry(String node, String phase) {
        return "{\"node\":\"" + node + "\",\"phase\":\"" + phase + "\"}";
    }

    private static HasMetadata state(String name, String node) {
        return marked(
                object("plexd.plexsphere.com/v1alpha1", "PlexdNodeState", name, Map.of("spec", Map.of("nodeId", name))),
                node);
    }

    private static HasMetadata secret(String name, String node) {
        return marked(object("v1", "Secret", name, Map.of("stringData", Map.of("value", "x"))), node);
    }

    private static HasMetadata hook(String name, String node) {
        Map<String, Object> spec = node.isEmpty() ? Map.of("hookName", "h") : Map.of("hookName", "h", "nodeName", node);
        return object("plexd.plexsphere.com/v1alpha1", "PlexdHook", name, Map.of("spec", spec));
    }

    private static HasMetadata job(String name, String pin, Object where) {
        var pod = Map.of(
                "restartPolicy", "Never", "containers", List.of(Map.of("name", "c", "image", "busybox")), pin, where);
        return object("batch/v1", "Job", name, Map.of("spec", Map.of("template", Map.of("spec", pod))));
    }

    /** As an agent of the node marks its objects; the label only where one can hold the name. */
    private static HasMetadata marked(HasMetadata object, String node) {
        var before = object.getMetadata().getAnnotations();
        var labels = node.length() > 63
                ? Map.of("app.kubernetes.io/managed-by", "plexd")
                : Map.of("app.kubernetes.io/managed-by", "plexd", "plexd.plexsphere.com/node-name", node);
        object.getMetadata().setLabels(labels);
        if (before == null || before.isEmpty()) {
            object.getMetadata().setAnnotations(Map.of("plexd.plexsphere.com/node-name", node));
        }
        return object;
    }

    private static GenericKubernetesResource object(
            String apiVersion, String kind, String name, Map<String, Object> rest) {
        var object = new GenericKubernetesResource();
        object.setApiVersion(apiVersion);
        object.setKind(kind);
        object.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
        rest.forEach(object::setAdditionalProperty);
        return object;
    }

    private static KubernetesClient client(Access access) {
        return new KubernetesClientBuilder().withConfig(access.config()).build();
    }
}
