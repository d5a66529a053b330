package io.nodeplane.plexd.nodesecrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.nodesecrets.NodeSecret.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets of the API server by create, get, update and delete, the only verbs that the bundle grants. */
final class KubernetesNodeSecretObjects implements NodeSecretObjects {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesNodeSecretObjects.class);
    /** Somebody may write, create or delete between our look and our write; a few looks suffice, or it is no accident. */
    private static final int TRIES = 3;

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final String namespace;

    KubernetesNodeSecretObjects(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public void put(NodeSecret secret) throws ClusterFault {
        for (var tries = 1; ; tries++) {
            try {
                place(secret);
                return;
            } catch (KubernetesClientException refused) {
                if (tries == TRIES || !isRace(refused)) {
                    throw fault("write", secret.name(), refused);
                }
            }
        }
    }

    @Override
    public void delete(Node node, RecordedSecret recorded) throws ClusterFault {
        for (var tries = 1; ; tries++) {
            try {
                var existing = named(recorded.secretName()).get();
                if (existing == null) {
                    return;
                }
                if (!SecretObject.isOurs(existing, node, recorded.key())) {
                    LOG.atWarn()
                            .addKeyValue("secret", recorded.secretName())
                            .log("a Secret of that name is not this agent's and stays");
                    return;
                }
                delete(existing);
                return;
            } catch (KubernetesClientException refused) {
                if (tries == TRIES || !isRace(refused)) {
                    throw fault("delete", recorded.secretName(), refused);
                }
            }
        }
    }

    private void place(NodeSecret secret) throws ClusterFault {
        var existing = named(secret.name()).get();
        if (existing == null) {
            client.resource(SecretObject.from(secret, namespace)).create();
            return;
        }
        if (!SecretObject.isOurs(existing, secret.node(), secret.key())) {
            throw new ClusterFault(
                    ClusterFault.Kind.REFUSED,
                    "cannot write Secret " + namespace + "/" + secret.name()
                            + ": it is there and belongs to somebody else",
                    null);
        }
        if (SecretObject.isOwnedBy(existing.getMetadata(), secret.owner().uid())) {
            client.resource(SecretObject.onto(existing, secret, namespace)).update();
            return;
        }
        // Its owner is gone, so the garbage collector is after it, and could take it after an update as well.
        delete(existing);
        client.resource(SecretObject.from(secret, namespace)).create();
    }

    /** Only as we saw it: otherwise conflict. */
    private void delete(Secret seen) {
        named(seen.getMetadata().getName())
                .lockResourceVersion(seen.getMetadata().getResourceVersion())
                .delete();
    }

    private static boolean isRace(KubernetesClientException refused) {
        return refused.getCode() == NOT_FOUND || refused.getCode() == CONFLICT;
    }

    private Resource<Secret> named(String name) {
        return client.secrets().inNamespace(namespace).withName(name);
    }

    private ClusterFault fault(String verb, String name, Throwable cause) {
        return ClusterFault.of(verb, "Secret " + namespace + "/" + name, cause);
    }
}
