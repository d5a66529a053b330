package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.plexsphere.plexd.v1alpha1.plexdnodestatespec.SecretRefs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every secret reference of a node has its Secret, sealed, and the Secrets go with the node's state. */
@ExtendWith(OnCluster.class)
class NodeSecretsE2E {
    @Test
    void everyReferenceHasItsSealedSecret(Cluster cluster) throws Exception {
        for (var node : cluster.nodeNames()) {
            awaitSecrets(cluster, node);
        }
    }

    @Test
    void aDeletedNodeStateComesBackWithItsSecrets(Cluster cluster) throws Exception {
        var node = cluster.workerNode();
        awaitSecrets(cluster, node);
        var before = cluster.nodeState(node);

        cluster.client().resource(before).delete();

        Eventually.within(
                Duration.ofSeconds(60),
                () -> assertFalse(before.getMetadata()
                        .getUid()
                        .equals(cluster.nodeState(node).getMetadata().getUid())));
        awaitSecrets(cluster, node);
    }

    private static void awaitSecrets(Cluster cluster, String node) throws Exception {
        Eventually.within(Duration.ofSeconds(60), () -> {
            var state = cluster.nodeState(node);
            var refs = state.getSpec().getSecretRefs() == null
                    ? List.<SecretRefs>of()
                    : state.getSpec().getSecretRefs();
            assertFalse(refs.isEmpty(), "no references for " + node);
            for (var ref : refs) {
                assertFalse(ref.getVersion() == null, ref.getKey() + " is not made yet");
                var secret = cluster.client()
                        .secrets()
                        .inNamespace(Cluster.NAMESPACE)
                        .withName(ref.getSecretName())
                        .get();
                assertNotNull(secret, ref.getSecretName() + " is missing");
                assertEquals(
                        "[ciphertext, nonce]",
                        secret.getData().keySet().stream().sorted().toList().toString());
                assertEquals(
                        state.getMetadata().getUid(),
                        secret.getMetadata().getOwnerReferences().getFirst().getUid());
            }
        });
    }
}
