package io.nodeplane.e2e;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nodeplane.model.ModelJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The kind cluster with the e2e overlay on it (seed "Kubernetes E2E Test", phases 4 and 5). */
final class Cluster implements AutoCloseable {
    /** The seed's test namespace. */
    static final String NAMESPACE = "plexd-e2e";

    /** How long pods may take to become ready (seed "Configuration Variables"), for example {@code 120s}. */
    private static final Duration TIMEOUT =
            Duration.parse("PT" + System.getenv().getOrDefault("TIMEOUT", "120s"));

    private static final Map<String, String> AGENT = Map.of("app.kubernetes.io/name", "plexd");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final KubernetesClient client;
    private final MockControlPlane mock;

    private Cluster(KubernetesClient client, MockControlPlane mock) {
        this.client = client;
        this.mock = mock;
    }

    /** Applies the overlay to the cluster of {@code KUBECONFIG} and waits for both rollouts. */
    static Cluster ready() throws Exception {
        var kubeconfig = Objects.requireNonNull(
                System.getenv("KUBECONFIG"), "KUBECONFIG is not set: run the tests by 'make e2e'");
        Shell.run(
                "kubectl",
                "apply",
                "--server-side",
                "-k",
                ROOT.resolve("kustomize/e2e").toString());
        rollout("deployment/mock-api");
        rollout("daemonset/plexd");
        var client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(new File(kubeconfig)))
                .withKubernetesSerialization(ModelJson.serialization())
                .build();
        return new Cluster(client, new MockControlPlane(NAMESPACE));
    }

    /** Waits for a rollout, for {@code TIMEOUT} at most (seed "Configuration Variables"). */
    static void rollout(String workload) throws IOException, InterruptedException {
        rollout(NAMESPACE, workload);
    }

    static void rollout(String namespace, String workload) throws IOException, InterruptedException {
        Shell.run("kubectl", "-n", namespace, "rollout", "status", workload, "--timeout=" + TIMEOUT.toSeconds() + "s");
    }

    KubernetesClient client() {
        return client;
    }

    MockControlPlane mock() {
        return mock;
    }

    List<String> nodeNames() {
        return client.nodes().list().getItems().stream()
                .map(Node::getMetadata)
                .map(meta -> meta.getName())
                .sorted()
                .toList();
    }

    /** The node that runs the API server, and so has the audit log. */
    String controlPlaneNode() {
        return client.nodes()
                .withLabel("node-role.kubernetes.io/control-plane")
                .list()
                .getItems()
                .getFirst()
                .getMetadata()
                .getName();
    }

    /** A node without control plane. */
    String workerNode() {
        var controlPlane = controlPlaneNode();
        return nodeNames().stream()
                .filter(name -> !name.equals(controlPlane))
                .findFirst()
                .orElseThrow();
    }

    List<Pod> agents() {
        return client.pods().inNamespace(NAMESPACE).withLabels(AGENT).list().getItems();
    }

    /** The agent's pod on a node, as soon as there is exactly one that is not going away. */
    Pod agentOn(String node) throws Exception {
        return Eventually.valueWithin(Duration.ofSeconds(60), () -> {
            var pods = agents().stream()
                    .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                    .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                    .toList();
            if (pods.size() != 1) {
                throw new AssertionError(pods.size() + " agents on " + node);
            }
            return pods.getFirst();
        });
    }

    void awaitReady(String node) throws Exception {
        Eventually.within(TIMEOUT, () -> {
            var pod = agentOn(node);
            var ready = pod.getStatus().getConditions().stream()
                    .anyMatch(condition -> condition.getType().equals("Ready")
                            && condition.getStatus().equals("True"));
            if (!ready) {
                throw new AssertionError("pod " + pod.getMetadata().getName() + " is not ready");
            }
        });
    }

    List<PlexdNodeState> nodeStates() {
        return client.resources(PlexdNodeState.class)
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
    }

    /** The state object of a node, by the label that carries the Kubernetes name. */
    PlexdNodeState nodeState(String node) throws Exception {
        return nodeState(NAMESPACE, node);
    }

    /** The same in another namespace. */
    PlexdNodeState nodeState(String namespace, String node) throws Exception {
        return Eventually.valueWithin(Duration.ofSeconds(60), () -> {
            var states = client.resources(PlexdNodeState.class)
                    .inNamespace(namespace)
                    .withLabel("plexd.plexsphere.com/node-name", node)
                    .list()
                    .getItems();
            if (states.size() != 1) {
                throw new AssertionError(states.size() + " PlexdNodeStates for node " + node);
            }
            return states.getFirst();
        });
    }

    /** Runs a command inside a node of kind. */
    static String onNode(String node, String script) throws IOException, InterruptedException {
        return Shell.run("docker", "exec", node, "sh", "-c", script);
    }

    /** The seed's diagnostics, printed when a test fails, for each namespace of the tests that is there. */
    static String diagnostics() throws IOException, InterruptedException {
        var script = ROOT.resolve("e2e/cluster/cluster.sh").toString();
        var namespaces = Shell.run("kubectl", "get", "namespaces", "-o", "jsonpath={.items[*].metadata.name}");
        var all = new StringBuilder();
        for (var namespace : namespaces.split(" ", -1)) {
            if (namespace.startsWith(NAMESPACE)) {
                all.append(Shell.run(script, "diagnose", namespace));
            }
        }
        return all.toString();
    }

    @Override
    public void close() {
        mock.close();
        client.close();
    }
}
