package io.nodeplane.plexd.nodesecrets;

import io.nodeplane.plexd.nodesecrets.NodeSecretsObserved.Owner;
import java.util.Optional;

/**
 * One Kubernetes Secret as it should be.
 *
 * @param name of the object
 * @param key of the secret at the control plane
 * @param node whose it is
 * @param owner with which it is garbage-collected
 * @param version of the content, as the control plane gave it
 */
record NodeSecret(String name, String key, Node node, Owner owner, long version, Content content) {
    /**
     * A node under both of its names.
     *
     * @param id at the control plane
     * @param kubernetesName empty when not known
     */
    record Node(String id, Optional<String> kubernetesName) {}

    /** What is inside. */
    sealed interface Content {
        /** As the control plane gave it: AES-256-GCM under the node's key, which never leaves the node. */
        record Sealed(byte[] nonce, byte[] ciphertext) implements Content {
            @Override
            public String toString() {
                return "Sealed";
            }
        }

        /** Opened; only where the configuration names the reference. */
        record Plain(byte[] value) implements Content {
            @Override
            public String toString() {
                return "Plain";
            }
        }
    }
}
