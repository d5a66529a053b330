package io.nodeplane.scale;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Nodes that only kwok keeps alive. Source: kwok's documentation, "Create a Node". */
final class KwokNodes {
    /** Selected by the DaemonSet of e2e/scale, and by the hook for all. */
    static final String LABEL = "nodeplane.io/scale";

    private KwokNodes() {}

    static String name(int number) {
        return String.format("scale-%04d", number);
    }

    static void create(KubernetesClient client, int count) throws InterruptedException {
        try (var workers = Executors.newFixedThreadPool(8)) {
            List<Callable<Node>> creations = IntStream.range(0, count)
                    .<Callable<Node>>mapToObj(
                            number -> () -> client.resource(node(number)).create())
                    .toList();
            for (var creation : workers.invokeAll(creations)) {
                creation.get();
            }
        } catch (ExecutionException refused) {
            throw new IllegalStateException("a node was refused", refused.getCause());
        }
    }

    private static Node node(int number) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name(number))
                .addToAnnotations("kwok.x-k8s.io/node", "fake")
                .addToLabels("kubernetes.io/hostname", name(number))
                .addToLabels(LABEL, "true")
                .endMetadata()
                .withNewSpec()
                // Nothing but what tolerates everything shall come here.
                .addNewTaint()
                .withKey("kwok.x-k8s.io/node")
                .withValue("fake")
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .build();
    }
}
