package io.nodeplane.app.chaos;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.testing.apiserver.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** The API server that the nodes of a campaign share: each has a namespace of its own, and the rights of the bundle in it. */
final class ChaosCluster implements AutoCloseable {
    private static final Path ROOT = Path.of("../..");

    private final ApiServer server;

    private ChaosCluster(ApiServer server) {
        this.server = server;
    }

    /** Starts one; its agents are held to their own nodes by the bundle's admission policy. */
    static ChaosCluster start() throws IOException {
        var server = ApiServer.start();
        server.installCrds(ROOT.resolve("crds"));
        try (var yaml = Files.newInputStream(ROOT.resolve("kustomize/base/plexd/clusterrole.yaml"))) {
            server.client().load(yaml).items().stream()
                    .filter(ClusterRole.class::isInstance)
                    .forEach(role ->
                            server.client().resource(role).fieldManager("test").serverSideApply());
        }
        server.apply("default", ROOT.resolve("kustomize/base/plexd/own-node.yaml"));
        return new ChaosCluster(server);
    }

    /** Everything but the agents themselves. */
    KubernetesClient admin() {
        return server.client();
    }

    /** A namespace and a machine, both of the name, and an account that is bound to them. */
    synchronized ClusterAccount account(String name, Path directory) throws IOException, GeneralSecurityException {
        var admin = server.client();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        for (var account : List.of("plexd", "plexd-hook", "default")) {
            admin.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(account)
                            .withNamespace(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "plexd")
                        .addNewSubject("", "ServiceAccount", "plexd", name)
                        .build())
                .create();
        admin.resource(machine(name)).create();
        var access = server.accountOnNode(name, "plexd", name);
        var proxy = new ApiServerProxy(access);
        Files.createDirectory(directory);
        Files.writeString(directory.resolve("token"), access.token());
        Files.writeString(directory.resolve("namespace"), name);
        Files.writeString(directory.resolve("ca.crt"), proxy.certificates());
        return new ClusterAccount(name, directory, proxy);
    }

    private static Node machine(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("chaos", name)
                .endMetadata()
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
