package io.nodeplane.plexd.tokenreview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.cluster.ClusterClient;
import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.tokenreview.AccessReviews.Deed;
import io.nodeplane.testing.apiserver.ApiServer;
import io.nodeplane.testing.apiserver.SharedApiServer;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real API server, a real service account and its real tokens (seed "Kubernetes DaemonSet Deployment Reference"). */
@ExtendWith(SharedApiServer.class)
class KubernetesReviewsIT extends TokenReviewsContract {
    private static final String NAMESPACE = "node-api";
    private static final Deed RUN = new Deed("nodeactions", "run", "system.info");

    private final ApiServer server;
    private final KubernetesClient agent;

    KubernetesReviewsIT(ApiServer server) {
        this.server = server;
        agent = ClusterClient.open(server.admin().config());
        apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .endMetadata()
                .build());
        for (var name : List.of("reader", "runner")) {
            apply(new ServiceAccountBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(NAMESPACE)
                    .endMetadata()
                    .build());
        }
    }

    @AfterEach
    void stop() {
        agent.close();
    }

    @Override
    TokenReviews reviews() {
        return new KubernetesTokenReviews(agent);
    }

    @Override
    String token(String audience) {
        return token("reader", audience);
    }

    @Test
    void authenticatesARealTokenForItsAudienceOnly() throws AuthenticationFailed {
        var authenticator = new TokenReviewAuthenticator(reviews(), List.of("plexd"), InstantSource.system());

        assertEquals(READER, authenticator.authenticate(token("plexd")).username());
        assertEquals(
                "kubernetes: authenticate: review failed",
                assertThrows(AuthenticationFailed.class, () -> authenticator.authenticate(token("")))
                        .getMessage());
    }

    @Test
    void mayOnlyWhatARuleOnTheVirtualResourceGrants() throws ClusterFault {
        grant("runner");
        var access = new KubernetesAccessReviews(agent, NAMESPACE);
        var runner = reviews().review(token("runner", ""), List.of());
        var reader = reviews().review(token("reader", ""), List.of());

        assertTrue(access.allowed(runner, RUN));
        assertFalse(access.allowed(runner, new Deed("nodeactions", "run", "service.restart")));
        assertFalse(access.allowed(runner, new Deed("nodesecrets", "get", "system.info")));
        assertFalse(access.allowed(reader, RUN));
        assertFalse(new KubernetesAccessReviews(agent, "elsewhere").allowed(runner, RUN));
    }

    @Test
    void anAgentWithoutTheRightToReviewSaysSo() {
        try (var powerless =
                ClusterClient.open(server.account(NAMESPACE, "reader").config())) {
            var refused = assertThrows(
                    ClusterFault.class, () -> new KubernetesTokenReviews(powerless).review(token(""), List.of()));
            assertEquals(ClusterFault.Kind.NOT_ALLOWED, refused.kind());
            var who = new TokenReviewResult(true, READER, "", List.of(), List.of());
            assertThrows(ClusterFault.class, () -> new KubernetesAccessReviews(powerless, NAMESPACE).allowed(who, RUN));
        }
    }

    private void grant(String account) {
        apply(new RoleBuilder()
                .withNewMetadata()
                .withName("run-system-info")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .addNewRule()
                .withApiGroups(Deed.GROUP)
                .withResources("nodeactions")
                .withVerbs("run")
                .withResourceNames("system.info")
                .endRule()
                .build());
        apply(new RoleBindingBuilder()
                .withNewMetadata()
                .withName("run-system-info")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "run-system-info")
                .addNewSubject("", "ServiceAccount", account, NAMESPACE)
                .build());
    }

    private void apply(io.fabric8.kubernetes.api.model.HasMetadata object) {
        server.client().resource(object).fieldManager("test").forceConflicts().serverSideApply();
    }

    private String token(String account, String audience) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(3600L)
                .withAudiences(audience.isEmpty() ? List.of() : List.of(audience))
                .endSpec()
                .build();
        return server.client()
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(account)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }
}
