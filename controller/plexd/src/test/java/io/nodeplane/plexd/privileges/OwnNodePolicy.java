package io.nodeplane.plexd.privileges;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeplane.testing.apiserver.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The admission policy of the bundle, in force until it is lifted. It is the whole server's, and the server takes a while to
 * follow either way; both are waited for, so that tests before and after it are not touched.
 */
public final class OwnNodePolicy {
    private static final Path FILE = Path.of("../../kustomize/base/plexd/own-node.yaml");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KubernetesClient admin;
    private final KubernetesClient stranger;
    private final String namespace;

    private OwnNodePolicy(ApiServer server, String namespace) {
        this.admin = server.client();
        this.stranger = new KubernetesClientBuilder()
                .withConfig(server.account(namespace, "plexd").config())
                .build();
        this.namespace = namespace;
    }

    /**
     * Applies it.
     *
     * @param namespace where the account {@code plexd} has the agent's rights
     */
    public static OwnNodePolicy in(ApiServer server, String namespace) throws IOException, InterruptedException {
        server.apply(namespace, FILE);
        var policy = new OwnNodePolicy(server, namespace);
        policy.await(true);
        return policy;
    }

    /** Takes it away. */
    public void lift() throws IOException, InterruptedException {
        try (var yaml = Files.newInputStream(FILE)) {
            admin.load(yaml).delete();
        }
        await(false);
        stranger.close();
    }

    private void await(boolean force) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (isInForce() != force) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(
                        "after " + PATIENCE + " the policy is " + (force ? "not " : "still ") + "in force");
            }
            Thread.sleep(100);
        }
    }

    /** A token that is bound to no node writes nothing. */
    private boolean isInForce() {
        try {
            stranger.resource(probe()).dryRun().create();
            return false;
        } catch (KubernetesClientException refused) {
            if (!String.valueOf(refused.getMessage()).contains("plexd-own-node")) {
                throw refused;
            }
            return true;
        }
    }

    private Secret probe() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("probe")
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }
}
