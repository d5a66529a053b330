package io.nodeplane.testing.apiserver;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authentication.BoundObjectReference;
import io.fabric8.kubernetes.api.model.authentication.BoundObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Pods that exist for the API server only, so that tokens can be bound to them. */
final class BoundPods {
    private BoundPods() {}

    /** A pod of the account on the node, both made when they are missing. */
    static BoundObjectReference on(KubernetesClient client, String namespace, String account, String node) {
        var machine =
                new NodeBuilder().withNewMetadata().withName(node).endMetadata().build();
        if (client.resource(machine).get() == null) {
            client.resource(machine).create();
        }
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(account + "-on-" + node)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .withServiceAccountName(account)
                .addNewContainer()
                .withName("none")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
        var existing = client.resource(pod).get();
        var made = existing == null ? client.resource(pod).create() : existing;
        return new BoundObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(made.getMetadata().getName())
                .withUid(made.getMetadata().getUid())
                .build();
    }
}
