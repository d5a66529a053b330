package io.nodeplane.plexd.nodeapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.cluster.ClusterClient;
import io.nodeplane.plexd.nodeapi.NodeApi.Cluster;
import io.nodeplane.plexd.tokenreview.AccessReviews.Deed;
import io.nodeplane.plexd.tokenreview.KubernetesAccessReviews;
import io.nodeplane.plexd.tokenreview.KubernetesTokenReviews;
import io.nodeplane.plexd.tokenreview.TokenReviewAuthenticator;
import io.nodeplane.testing.apiserver.ApiServer;
import io.nodeplane.testing.apiserver.SharedApiServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A workload with its own token, over TCP, at an agent with the rights of the bundle's ClusterRole and no more. */
@ExtendWith(SharedApiServer.class)
class NodeApiClusterIT {
    private static final String NAMESPACE = "node-api-tcp";
    private static final Path CLUSTER_ROLE = Path.of("../../kustomize/base/plexd/clusterrole.yaml");

    @TempDir
    Path directory;

    private final ApiServer server;
    private KubernetesClient agent;
    private NodeApi api;

    NodeApiClusterIT(ApiServer server) {
        this.server = server;
    }

    @BeforeEach
    void start() throws Exception {
        apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .endMetadata()
                .build());
        for (var name : List.of("plexd", "workload")) {
            apply(new ServiceAccountBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(NAMESPACE)
                    .endMetadata()
                    .build());
        }
        giveTheAgentItsRights();
        agent = ClusterClient.open(server.account(NAMESPACE, "plexd").config());
        var node = new InMemoryNode(directory.resolve("data"));
        node.state = InMemoryNode.STATE;
        node.served.fetch();
        var config = new NodeApiConfig(
                directory.resolve("s"),
                true,
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                Optional.empty(),
                List.of("plexd"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
        var cluster = new Cluster(
                new TokenReviewAuthenticator(
                        new KubernetesTokenReviews(agent), config.audiences(), InstantSource.system()),
                new KubernetesAccessReviews(agent, NAMESPACE));
        api = new NodeApi(
                config,
                node.services(),
                Optional.of(cluster),
                Thread::sleep,
                new NodeApiMetrics(new PrometheusRegistry()),
                () -> {});
        api.start();
    }

    @AfterEach
    void stop() {
        api.close();
        agent.close();
    }

    @Test
    void aWorkloadReadsTheStateAndRunsWhatItsRoleNames() throws Exception {
        var token = token("plexd");
        assertEquals(200, ask("GET /v1/state", token, ""));
        assertEquals(403, ask("GET /v1/state/secrets", token, ""));
        assertEquals(403, ask("POST /v1/actions/run", token, "{\"action\":\"system.info\"}"));

        allow("system.info");

        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (ask("POST /v1/actions/run", token, "{\"action\":\"system.info\"}") != 200) {
            assertTrue(System.nanoTime() < deadline, "the rule has no effect");
            Thread.sleep(50);
        }
        assertEquals(403, ask("POST /v1/actions/run", token, "{\"action\":\"service.restart\"}"));
        assertEquals(403, ask("POST /v1/deregister", token, ""));
    }

    @Test
    void aTokenForOthersOpensNothing() throws Exception {
        assertEquals(401, ask("GET /v1/state", token(""), ""));
        assertEquals(401, ask("GET /v1/state", token("vault"), ""));
        assertEquals(401, ask("GET /v1/state", "invented", ""));
        assertEquals(401, ask("GET /v1/state", token("plexd") + "x", ""));
    }

    private void giveTheAgentItsRights() throws IOException {
        try (var yaml = Files.newInputStream(CLUSTER_ROLE)) {
            server.client().load(yaml).items().stream()
                    .filter(ClusterRole.class::isInstance)
                    .forEach(this::apply);
        }
        apply(new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("plexd-" + NAMESPACE)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "plexd")
                .addNewSubject("", "ServiceAccount", "plexd", NAMESPACE)
                .build());
    }

    private void allow(String action) {
        apply(new RoleBuilder()
                .withNewMetadata()
                .withName("run")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .addNewRule()
                .withApiGroups(Deed.GROUP)
                .withResources("nodeactions")
                .withVerbs("run")
                .withResourceNames(action)
                .endRule()
                .build());
        apply(new RoleBindingBuilder()
                .withNewMetadata()
                .withName("run")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "run")
                .addNewSubject("", "ServiceAccount", "workload", NAMESPACE)
                .build());
    }

    private void apply(HasMetadata object) {
        server.client().resource(object).fieldManager("test").forceConflicts().serverSideApply();
    }

    private String token(String audience) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(3600L)
                .withAudiences(audience.isEmpty() ? List.of() : List.of(audience))
                .endSpec()
                .build();
        var account = server.client().serviceAccounts().inNamespace(NAMESPACE).withName("workload");
        return account.tokenRequest(request).getStatus().getToken();
    }

    private int ask(String request, String token, String body) throws IOException {
        var bound = (InetSocketAddress) api.httpAddress().orElseThrow();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort());
        try (var connection = SocketChannel.open(address)) {
            var text = request + " HTTP/1.1\r\nAuthorization: Bearer " + token + "\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body;
            Channels.newOutputStream(connection).write(text.getBytes(StandardCharsets.UTF_8));
            var answer = new String(Channels.newInputStream(connection).readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}
