package io.nodeplane.plexd.nodesecrets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.nodesecrets.NodeSecret.Content;
import io.nodeplane.plexd.nodesecrets.NodeSecretsObserved.Owner;
import io.nodeplane.testing.apiserver.ApiServer;
import io.nodeplane.testing.apiserver.SharedApiServer;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on a real API server, with the rights of the bundle; and the bytes that readers of a Secret rely on. */
@ExtendWith(SharedApiServer.class)
final class KubernetesNodeSecretObjectsIT extends NodeSecretObjectsContract {
    private static final String NAMESPACE = "node-secret-objects";

    private static KubernetesClient admin;
    private static KubernetesClient agent;
    private static NodeSecretObjects objects;

    @BeforeAll
    static void install(ApiServer server) throws IOException {
        admin = server.client();
        agent = AgentAccount.in(server, NAMESPACE);
        objects = new KubernetesNodeSecretObjects(agent, NAMESPACE);
    }

    @AfterAll
    static void close() {
        agent.close();
    }

    @BeforeEach
    void empty() {
        admin.secrets().inNamespace(NAMESPACE).delete();
    }

    @Override
    NodeSecretObjects objects() {
        return objects;
    }

    @Override
    Owner owner(int number) {
        return new Owner("node-n-1", "00000000-0000-0000-0000-00000000000" + number);
    }

    @Override
    List<String> existing() {
        return admin.secrets().inNamespace(NAMESPACE).list().getItems().stream()
                .map(secret -> secret.getMetadata().getName() + " "
                        + secret.getMetadata().getOwnerReferences().stream()
                                .map(owner -> owner.getUid())
                                .findFirst()
                                .orElse("")
                        + " " + annotations(secret).getOrDefault(SecretObject.VERSION, ""))
                .sorted()
                .toList();
    }

    @Override
    void stranger(String name) {
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void holdsCiphertextAndNonceAsRawBytes() throws ClusterFault {
        var nonce = new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        var ciphertext = SealedSecrets.seal("x");
        objects.put(
                new NodeSecret("plexd-secret-n-1-a", "a", NODE, owner(1), 4, new Content.Sealed(nonce, ciphertext)));

        var kept = one();
        assertEquals("Opaque", kept.getType());
        assertArrayEquals(nonce, Base64.getDecoder().decode(kept.getData().get("nonce")));
        assertArrayEquals(ciphertext, Base64.getDecoder().decode(kept.getData().get("ciphertext")));
        assertEquals(2, kept.getData().size());
        assertEquals(
                Map.of(
                        "plexd.plexsphere.com/encrypted", "true",
                        "plexd.plexsphere.com/encryption-algorithm", "AES-256-GCM",
                        "plexd.plexsphere.com/secret-version", "4",
                        "plexd.plexsphere.com/secret-key", "a",
                        "plexd.plexsphere.com/node-id", "n-1",
                        "plexd.plexsphere.com/node-name", "worker-1"),
                annotations(kept));
        assertEquals(
                Map.of(
                        "app.kubernetes.io/managed-by", "plexd",
                        "plexd.plexsphere.com/node-id", "n-1",
                        "plexd.plexsphere.com/node-name", "worker-1"),
                kept.getMetadata().getLabels());
        var owner = kept.getMetadata().getOwnerReferences().getFirst();
        assertEquals(
                "plexd.plexsphere.com/v1alpha1 PlexdNodeState node-n-1",
                owner.getApiVersion() + " " + owner.getKind() + " " + owner.getName());
    }

    @Test
    void keepsWhatOthersPutIntoTheMetadata() throws ClusterFault {
        objects.put(secret("a", 1, owner(1)));
        admin.resource(one())
                .edit(secret -> new SecretBuilder(secret)
                        .editMetadata()
                        .addToLabels("team", "blue")
                        .endMetadata()
                        .build());

        objects.put(secret("a", 2, owner(1)));

        assertEquals("blue", one().getMetadata().getLabels().get("team"));
    }

    private static Secret one() {
        return admin.secrets()
                .inNamespace(NAMESPACE)
                .withName("plexd-secret-n-1-a")
                .require();
    }

    private static Map<String, String> annotations(Secret secret) {
        var annotations = secret.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }
}
