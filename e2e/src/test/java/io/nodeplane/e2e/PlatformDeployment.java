package io.nodeplane.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** A second control plane and a second agent on every node, in the contract of 2026 (overlay {@code e2e-2026}). */
final class PlatformDeployment {
    static final String NAMESPACE = "plexd-e2e-2026";

    private static final Path OVERLAY = Path.of("../kustomize/e2e-2026").toAbsolutePath();

    /** Where the second agent keeps its files on a node, inside the directories of the first. */
    private static final String DATA = "/var/lib/plexd/contract-2026";

    private static final String SOCKET = "/var/run/plexd/contract-2026";

    private final Cluster cluster;
    private final MockControlPlane mock = new MockControlPlane(NAMESPACE);

    private PlatformDeployment(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Applies the overlay and waits for both rollouts; what a killed run left is removed first. */
    static PlatformDeployment ready(Cluster cluster) throws Exception {
        var deployment = new PlatformDeployment(cluster);
        deployment.remove();
        Shell.run("kubectl", "apply", "--server-side", "-k", OVERLAY.toString());
        Cluster.rollout(NAMESPACE, "deployment/mock-api");
        Cluster.rollout(NAMESPACE, "daemonset/plexd");
        return deployment;
    }

    /** Leaves the cluster as it was; what both deployments share stays. */
    void remove() throws Exception {
        mock.close();
        Shell.run("kubectl", "delete", "namespace", NAMESPACE, "--ignore-not-found", "--wait=true");
        Shell.run("kubectl", "delete", "clusterrolebinding", NAMESPACE, "--ignore-not-found");
        for (var node : cluster.nodeNames()) {
            Cluster.onNode(node, "rm -rf " + DATA + " " + SOCKET);
        }
    }

    MockControlPlane mock() {
        return mock;
    }

    /** Id of a node at the control plane. */
    String nodeId(String node) throws IOException, InterruptedException {
        return StreamSupport.stream(mock.nodes().spliterator(), false)
                .filter(seen -> seen.path("hostname").asText().equals(node))
                .map(seen -> seen.path("node_id").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError(node + " is not registered"));
    }

    /** The requests of a node to an endpoint that the mock still has, oldest first. */
    List<JsonNode> requests(String endpoint, String nodeId) throws IOException, InterruptedException {
        var requests = mock.requests(endpoint, 0).path("requests");
        return StreamSupport.stream(requests.spliterator(), false)
                .filter(request -> request.path("node_id").asText().equals(nodeId))
                .map(request -> request.path("body"))
                .toList();
    }

    /** The state object of a node, as soon as there is one. */
    PlexdNodeState nodeState(String node) throws Exception {
        return cluster.nodeState(NAMESPACE, node);
    }

    /** Deletes the agent's pod of a node and waits until the next one is ready. */
    void restartAgent(String node) throws Exception {
        Shell.run(
                "kubectl",
                "-n",
                NAMESPACE,
                "delete",
                "pod",
                "-l",
                "app.kubernetes.io/name=plexd",
                "--field-selector=spec.nodeName=" + node,
                "--wait=true");
        Cluster.rollout(NAMESPACE, "daemonset/plexd");
    }

    /** The identity that a node's second agent has on its disk. */
    static String identity(String node) throws IOException, InterruptedException {
        return Cluster.onNode(node, "cat " + DATA + "/identity.json");
    }
}
