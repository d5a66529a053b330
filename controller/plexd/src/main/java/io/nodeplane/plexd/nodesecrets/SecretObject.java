package io.nodeplane.plexd.nodesecrets;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.nodeplane.plexd.cluster.NodeMarks;
import io.nodeplane.plexd.nodesecrets.NodeSecret.Content;
import io.nodeplane.plexd.nodesecrets.NodeSecret.Node;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one place where the API server's Secret meets ours (protocol facts 7.4). */
final class SecretObject {
    static final String KEY = "plexd.plexsphere.com/secret-key";
    static final String VERSION = "plexd.plexsphere.com/secret-version";
    static final String ENCRYPTED = "plexd.plexsphere.com/encrypted";
    static final String ALGORITHM = "plexd.plexsphere.com/encryption-algorithm";

    private SecretObject() {}

    static Secret from(NodeSecret secret, String namespace) {
        return new SecretBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(secret.name())
                        .withNamespace(namespace)
                        .withLabels(NodeMarks.labels(
                                secret.node().id(), secret.node().kubernetesName()))
                        .withAnnotations(annotations(secret))
                        .withOwnerReferences(owner(secret))
                        .build())
                .withType("Opaque")
                .withData(data(secret.content()))
                .build();
    }

    /** The existing one with our parts replaced; what others put into its metadata stays. */
    static Secret onto(Secret existing, NodeSecret secret, String namespace) {
        var ours = from(secret, namespace);
        var labels = new HashMap<>(orEmpty(existing.getMetadata().getLabels()));
        labels.putAll(ours.getMetadata().getLabels());
        var annotations = new HashMap<>(orEmpty(existing.getMetadata().getAnnotations()));
        annotations.remove(ALGORITHM);
        annotations.putAll(ours.getMetadata().getAnnotations());
        return new SecretBuilder(existing)
                .editMetadata()
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .withData(ours.getData())
                .build();
    }

    /** Whether a Secret was made for this reference of this node. */
    static boolean isOurs(Secret existing, Node node, String key) {
        var annotations = orEmpty(existing.getMetadata().getAnnotations());
        return NodeMarks.MANAGER.equals(
                        orEmpty(existing.getMetadata().getLabels()).get(NodeMarks.MANAGED_BY_LABEL))
                && node.id().equals(annotations.get(NodeMarks.NODE_ID))
                && key.equals(annotations.get(KEY));
    }

    static boolean isOwnedBy(ObjectMeta meta, String uid) {
        return meta.getOwnerReferences().stream().anyMatch(owner -> uid.equals(owner.getUid()));
    }

    private static Map<String, String> annotations(NodeSecret secret) {
        var annotations = new HashMap<>(NodeMarks.annotations(secret.node().kubernetesName()));
        annotations.put(NodeMarks.NODE_ID, secret.node().id());
        annotations.put(KEY, secret.key());
        annotations.put(VERSION, Long.toString(secret.version()));
        switch (secret.content()) {
            case Content.Sealed _ -> {
                annotations.put(ENCRYPTED, "true");
                annotations.put(ALGORITHM, "AES-256-GCM");
            }
            case Content.Plain _ -> annotations.put(ENCRYPTED, "false");
        }
        return annotations;
    }

    private static OwnerReference owner(NodeSecret secret) {
        return new OwnerReferenceBuilder()
                .withApiVersion("plexd.plexsphere.com/v1alpha1")
                .withKind("PlexdNodeState")
                .withName(secret.owner().name())
                .withUid(secret.owner().uid())
                .build();
    }

    private static Map<String, String> data(Content content) {
        return switch (content) {
            case Content.Sealed(var nonce, var ciphertext) ->
                Map.of("nonce", base64(nonce), "ciphertext", base64(ciphertext));
            case Content.Plain(var value) -> Map.of("value", base64(value));
        };
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
