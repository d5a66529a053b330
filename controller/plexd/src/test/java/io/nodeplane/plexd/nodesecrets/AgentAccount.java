package io.nodeplane.plexd.nodesecrets;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.cluster.ClusterClient;
import io.nodeplane.testing.apiserver.ApiServer;
import java.io.IOException;
import java.nio.file.Path;

/** The agent's account with exactly the rights of the bundle's production overlay: a missing verb fails the test. */
public final class AgentAccount {
    public static final String NODE = "worker-1";
    private static final Path ROOT = Path.of("../..");

    private AgentAccount() {}

    /** A client as the agent on {@link #NODE} has it, in a fresh namespace. */
    public static KubernetesClient in(ApiServer server, String namespace) throws IOException {
        server.installCrds(ROOT.resolve("crds"));
        var fresh = new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .build();
        server.client().resource(fresh).create();
        server.apply(
                namespace,
                ROOT.resolve("kustomize/base/plexd/serviceaccount.yaml"),
                ROOT.resolve("kustomize/components/namespaced-rbac/role.yaml"));
        return ClusterClient.open(server.accountOnNode(namespace, "plexd", NODE).config());
    }
}
