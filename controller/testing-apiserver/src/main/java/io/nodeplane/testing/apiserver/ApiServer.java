package io.nodeplane.testing.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionCondition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;

/**
 * A running kube-apiserver with its etcd, RBAC on. Images come from the system properties {@code nodeplane.etcd.image} and
 * {@code nodeplane.apiserver.image}, which the build sets for integration tests. For use by one thread.
 */
public final class ApiServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final GenericContainer<?> etcd;
    private final GenericContainer<?> server;
    private final Access admin;
    private final KubernetesClient client;

    private ApiServer(GenericContainer<?> etcd, GenericContainer<?> server, Access admin) {
        this.etcd = etcd;
        this.server = server;
        this.admin = admin;
        this.client = new KubernetesClientBuilder().withConfig(admin.config()).build();
    }

    /** Starts a server of its own, empty but for what every API server creates; about ten seconds. */
    public static ApiServer start() {
        Leftovers.remove();
        var token = UUID.randomUUID().toString();
        var etcd = Containers.etcd();
        etcd.start();
        var server = Containers.apiServer(etcd, token);
        try {
            server.start();
        } catch (RuntimeException failed) {
            etcd.stop();
            throw failed;
        }
        var certificates =
                server.copyFileFromContainer(Containers.CERTIFICATE, file -> new String(file.readAllBytes(), UTF_8));
        var port = server.getMappedPort(Containers.API_PORT);
        return new ApiServer(etcd, server, new Access("localhost", port, certificates, token));
    }

    /** The account that may do everything. */
    public Access admin() {
        return admin;
    }

    /** A client of {@link #admin()}, closed with the server. */
    public KubernetesClient client() {
        return client;
    }

    /**
     * A service account, with a fresh token for an hour. It has the rights that role bindings of the test give it.
     *
     * @throws KubernetesClientException if the ServiceAccount does not exist
     */
    public Access account(String namespace, String name) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(3600L)
                .endSpec()
                .build();
        return account(namespace, name, request);
    }

    /**
     * A service account as the kubelet hands it to a pod: with a token that is bound to a pod on a node, and so carries the
     * node's name. Node and pod are made; nothing runs in them.
     *
     * @throws KubernetesClientException if the ServiceAccount does not exist
     */
    public Access accountOnNode(String namespace, String name, String node) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(3600L)
                .withBoundObjectRef(BoundPods.on(client, namespace, name, node))
                .endSpec()
                .build();
        return account(namespace, name, request);
    }

    private Access account(String namespace, String name, TokenRequest request) {
        var answer =
                client.serviceAccounts().inNamespace(namespace).withName(name).tokenRequest(request);
        return new Access(
                admin.host(),
                admin.port(),
                admin.certificates(),
                answer.getStatus().getToken());
    }

    /**
     * Applies manifests as an overlay with another namespace would render them: namespaced objects go there, and the
     * subjects of bindings are looked for there.
     */
    public void apply(String namespace, Path... files) throws IOException {
        for (var file : files) {
            try (var yaml = Files.newInputStream(file)) {
                for (var item : client.load(yaml).items()) {
                    Namespaces.put(item, namespace);
                    client.resource(item).fieldManager("test").forceConflicts().serverSideApply();
                }
            }
        }
    }

    /** Creates or updates every CustomResourceDefinition in the files of a directory and waits until they are served. */
    public void installCrds(Path directory) throws IOException {
        for (var file : yamlFiles(directory)) {
            try (var yaml = Files.newInputStream(file)) {
                client.load(yaml).items().stream()
                        .filter(CustomResourceDefinition.class::isInstance)
                        .map(CustomResourceDefinition.class::cast)
                        .forEach(this::install);
            }
        }
    }

    /** Takes the server away, as a crashed control plane would be. Objects stay in etcd. */
    public void stop() {
        server.getDockerClient()
                .stopContainerCmd(server.getContainerId())
                .withTimeout(2)
                .exec();
    }

    /** Brings a stopped server back at the same address, with the same certificate and accounts, and waits until it is ready. */
    public void restart() throws InterruptedException {
        server.getDockerClient().startContainerCmd(server.getContainerId()).exec();
        var deadline = Instant.now().plus(PATIENCE);
        while (!isReady()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("not ready " + PATIENCE + " after its restart: " + server.getLogs());
            }
            Thread.sleep(Duration.ofMillis(200));
        }
    }

    @Override
    public void close() {
        client.close();
        server.stop();
        etcd.stop();
    }

    private void install(CustomResourceDefinition crd) {
        client.resource(crd).fieldManager("test").forceConflicts().serverSideApply();
        client.resource(crd).waitUntilCondition(ApiServer::isEstablished, PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static boolean isEstablished(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                // A definition that the server has only just taken has a status without conditions.
                && Objects.requireNonNullElse(
                                crd.getStatus().getConditions(), List.<CustomResourceDefinitionCondition>of())
                        .stream()
                        .anyMatch(condition ->
                                "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private boolean isReady() {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException away) {
            return false;
        }
    }

    private static List<Path> yamlFiles(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList();
        }
    }
}
