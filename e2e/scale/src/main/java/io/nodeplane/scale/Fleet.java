package io.nodeplane.scale;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs an agent for every running pod of the DaemonSet, with a token that is bound to the pod as the kubelet asks for it. The nodes and
 * pods are kwok's, who runs nothing. Thread-safe.
 */
final class Fleet implements ResourceEventHandler<Pod>, Readings, AutoCloseable {
    /** Nodes that have an identity, once each, whatever it took. */
    static final String REGISTERED = "registered";

    /** A run takes less; the API server refuses less than ten minutes. */
    private static final long TOKEN_SECONDS = 4 * 3600L;

    private final KubernetesClient client;
    private final ControlPlane controlPlane;
    private final Path directory;
    private final URI apiServer;
    private final String certificates;
    private final AgentLogs logs;
    private final Map<String, NodeSlot> slots = new ConcurrentHashMap<>();
    private final Map<String, NodePlace> places = new ConcurrentHashMap<>();
    private final AtomicInteger deaths = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    /** Tokens are asked for a few at a time, as the kubelets' own limits would have it. */
    private final Semaphore tokens = new Semaphore(20);

    private final SharedIndexInformer<Pod> pods;

    Fleet(KubernetesClient client, ControlPlane controlPlane, Path directory, AgentLogs logs) {
        this.client = client;
        this.controlPlane = controlPlane;
        this.directory = directory;
        this.apiServer = URI.create(client.getConfiguration().getMasterUrl());
        this.certificates = new String(
                Base64.getDecoder().decode(client.getConfiguration().getCaCertData()), StandardCharsets.UTF_8);
        this.logs = logs;
        this.pods = client.pods()
                .inNamespace(Settings.NAMESPACE)
                .withLabel("app.kubernetes.io/component", "node-agent")
                .inform(this);
    }

    /** Nodes whose pod runs and whose token is there. */
    int mounted() {
        return places.size();
    }

    @Override
    public Map<String, Double> read() {
        return Map.of(REGISTERED, (double)
                places.values().stream().filter(NodePlace::isRegistered).count());
    }

    /** Lets all begin that are ready, at the same time; later ones begin at once. */
    void release() {
        gate.countDown();
    }

    /** Agents that run for the pod that is wanted now. */
    int running() {
        return (int) slots.values().stream().filter(NodeSlot::isRunning).count();
    }

    /** Agents that ended by themselves so far. */
    int deaths() {
        return deaths.get();
    }

    @Override
    public void onAdd(Pod pod) {
        var node = pod.getSpec().getNodeName();
        var name = pod.getMetadata().getName();
        if (node == null) {
            return;
        }
        var slot = slots.computeIfAbsent(node, _ -> new NodeSlot(node, podName -> start(node, podName)));
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            slot.stop(name);
        } else if (pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase())) {
            slot.run(name);
        }
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
        onAdd(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean isOld) {
        var slot = slots.get(pod.getSpec().getNodeName());
        if (slot != null) {
            slot.stop(pod.getMetadata().getName());
        }
    }

    private NodeAgent start(String node, String podName) throws IOException, InterruptedException {
        var place = NodePlace.make(directory, node, controlPlane.uri());
        place.mount(token(podName), certificates);
        places.put(node, place);
        gate.await();
        return NodeAgent.start(place, apiServer, logs, deaths::incrementAndGet);
    }

    private String token(String podName) throws InterruptedException {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_SECONDS)
                .withNewBoundObjectRef()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(podName)
                .endBoundObjectRef()
                .endSpec()
                .build();
        tokens.acquire();
        try {
            return client.serviceAccounts()
                    .inNamespace(Settings.NAMESPACE)
                    .withName("plexd")
                    .tokenRequest(request)
                    .getStatus()
                    .getToken();
        } finally {
            tokens.release();
        }
    }

    @Override
    public void close() {
        pods.close();
        slots.values().forEach(NodeSlot::end);
        try {
            for (var slot : slots.values()) {
                slot.awaitEnd();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
