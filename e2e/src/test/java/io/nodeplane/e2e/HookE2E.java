package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.plexsphere.plexd.v1alpha1.PlexdHook;
import com.plexsphere.plexd.v1alpha1.plexdhookstatus.Nodes;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Hooks run as Jobs on their nodes and tell what came of them (seed "PlexdHook CRD Reference", seed "Kubernetes E2E
 * Test").
 */
@ExtendWith(OnCluster.class)
class HookE2E {
    /** What a hook's pod may take: its image is on the nodes, but three of them start at a time on a busy machine. */
    private static final String LIMIT = "150s";

    /** The agent's image is there without a registry, and its command ends by itself. */
    private static final String VERSION = "command: [/opt/nodeplane/bin/plexd], args: [--version]";

    /** Ends by itself too: an agent without configuration says in two lines what it lacks. */
    private static final String FAILURE = "command: [/opt/nodeplane/bin/plexd], args: [up]";

    @AfterEach
    void removeHooks() throws Exception {
        kubectl("delete", "ph", "--all", "--wait=true");
    }

    @Test
    void runsTheSeedsExampleOnItsNode(Cluster cluster) throws Exception {
        var node = cluster.workerNode();
        create(cluster, "disk-check-node01", "nodeName: " + node, VERSION);

        kubectl("wait", "--for=condition=Complete", "ph/disk-check-node01", "--timeout=" + LIMIT);

        var status = hook(cluster, "disk-check-node01").getStatus();
        assertEquals("plexdhook-disk-check-node01", status.getJobName());
        assertEquals("SUCCEEDED", status.getPhase().name());
        assertTrue(!status.getCompletedAt().isBefore(status.getStartedAt()), status::toString);
        var pod = pods(cluster, "plexdhook-disk-check-node01").getFirst();
        assertEquals(node, pod.getSpec().getNodeName());
        assertEquals("plexd-hook", pod.getSpec().getServiceAccountName());
        assertEquals(
                Map.of(
                        "PLEXD_NODE_ID", node,
                        "PLEXD_HOOK_NAME", "disk-check",
                        "PLEXD_PARAM_DISK_PATH", "/dev/sda1",
                        "PLEXD_PARAM_THRESHOLD", "90"),
                pod.getSpec().getContainers().getFirst().getEnv().stream()
                        .collect(Collectors.toMap(variable -> variable.getName(), variable -> variable.getValue())));
        assertTrue(
                pod.getSpec().getVolumes().isEmpty(),
                "no token is mounted: " + pod.getSpec().getVolumes());
        var row = kubectl("get", "ph", "disk-check-node01");
        assertTrue(row.contains("Succeeded") && row.contains(node), row);
        assertTrue(kubectl("describe", "ph", "disk-check-node01").contains("JobComplete"), "no event");
    }

    @Test
    void runsOnEveryNodeThoughAnAgentIsRestartedInBetween(Cluster cluster) throws Exception {
        create(cluster, "everywhere", "nodeSelector: {kubernetes.io/os: linux}", VERSION);

        restartAgent(cluster, cluster.workerNode());
        kubectl("wait", "--for=condition=Complete", "ph/everywhere", "--timeout=" + LIMIT);

        var status = hook(cluster, "everywhere").getStatus();
        assertEquals(
                cluster.nodeNames(),
                status.getNodes().stream().map(Nodes::getNode).sorted().toList());
        for (var result : status.getNodes()) {
            assertEquals(Nodes.Phase.SUCCEEDED, result.getPhase(), result.getNode());
            var pods = pods(cluster, result.getJobName());
            assertEquals(
                    List.of(result.getNode()),
                    pods.stream().map(pod -> pod.getSpec().getNodeName()).toList(),
                    "once, and on its node");
        }
        assertEquals(cluster.nodeNames().size() + " succeeded", status.getNodeSummary());
    }

    @Test
    void tellsWhyAHookFailedAndDoesNotRunItAgain(Cluster cluster) throws Exception {
        var node = cluster.workerNode();
        create(cluster, "broken", "nodeName: " + node, FAILURE);

        kubectl("wait", "--for=condition=Failed", "ph/broken", "--timeout=" + LIMIT);
        var failed = hook(cluster, "broken");
        restartAgent(cluster, node);
        cluster.awaitReady(node);
        Thread.sleep(Duration.ofSeconds(5));

        var message = failed.getStatus().getMessage();
        assertTrue(message.startsWith("the container ended with code 2 (Error)"), message);
        assertTrue(message.contains("api.base_url"), "the last lines of the log: " + message);
        assertEquals(
                failed.getMetadata().getResourceVersion(),
                hook(cluster, "broken").getMetadata().getResourceVersion());
        assertEquals(1, pods(cluster, "plexdhook-broken").size());
    }

    @Test
    void runsAHookForNoCertainNodeOnce(Cluster cluster) throws Exception {
        create(cluster, "anywhere", "privileged: false", VERSION);

        kubectl("wait", "--for=condition=Complete", "ph/anywhere", "--timeout=" + LIMIT);

        assertEquals(1, pods(cluster, "plexdhook-anywhere").size());
        assertEquals(1, hook(cluster, "anywhere").getStatus().getNodes().size());
    }

    @Test
    void aDeletedHookTakesItsJobAlong(Cluster cluster) throws Exception {
        create(cluster, "short-lived", "nodeName: " + cluster.workerNode(), VERSION);
        kubectl("wait", "--for=condition=Complete", "ph/short-lived", "--timeout=" + LIMIT);
        assertEquals(
                "job.batch/plexdhook-short-lived",
                kubectl("get", "job", "plexdhook-short-lived", "-o", "name").strip());

        kubectl("delete", "ph", "short-lived", "--wait=true");

        Eventually.within(
                Duration.ofSeconds(60),
                () -> assertEquals(
                        "", kubectl("get", "job", "plexdhook-short-lived", "-o", "name", "--ignore-not-found")));
        assertTrue(pods(cluster, "plexdhook-short-lived").isEmpty(), "its pod is left");
    }

    private static void create(Cluster cluster, String name, String where, String command) {
        var yaml = """
                apiVersion: plexd.plexsphere.com/v1alpha1
                kind: PlexdHook
                metadata: {name: %s}
                spec:
                  hookName: disk-check
                  %s
                  jobTemplate: {image: "plexd:e2e", imagePullPolicy: IfNotPresent, %s}
                  parameters:
                    - {name: disk-path, value: /dev/sda1}
                    - {name: threshold, value: "90"}
                """.formatted(name, where, command);
        cluster.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(Cluster.NAMESPACE)
                .create();
    }

    private static PlexdHook hook(Cluster cluster, String name) {
        return cluster.client()
                .resources(PlexdHook.class)
                .inNamespace(Cluster.NAMESPACE)
                .withName(name)
                .require();
    }

    private static List<Pod> pods(Cluster cluster, String job) {
        return cluster.client()
                .pods()
                .inNamespace(Cluster.NAMESPACE)
                .withLabel("batch.kubernetes.io/job-name", job)
                .list()
                .getItems();
    }

    private static void restartAgent(Cluster cluster, String node) throws Exception {
        kubectl("delete", "pod", cluster.agentOn(node).getMetadata().getName(), "--wait=true");
    }

    private static String kubectl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("kubectl", "-n", Cluster.NAMESPACE));
        command.addAll(List.of(arguments));
        return Shell.run(command.toArray(String[]::new));
    }
}
