package io.nodeplane.testing.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The API server that the other integration tests rely on does what they rely on. */
final class ApiServerIT {
    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void letsAnAccountDoWhatItsRoleSaysAndNothingElse() {
        create("reader");
        var binding = new RoleBindingBuilder()
                .withNewMetadata()
                .withName("reader")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reader")
                .addNewSubject("", "ServiceAccount", "reader", "default")
                .build();
        var role = new RoleBuilder()
                .withNewMetadata()
                .withName("reader")
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("configmaps")
                .withVerbs("list")
                .endRule()
                .build();
        server.client().resource(role).inNamespace("default").create();
        server.client().resource(binding).inNamespace("default").create();

        try (var reader = client(server.account("default", "reader"))) {
            var list = reader.configMaps().inNamespace("default").list();
            var refused = assertThrows(
                    KubernetesClientException.class,
                    () -> reader.secrets().inNamespace("default").list());

            assertFalse(list.getMetadata().getResourceVersion().isEmpty());
            assertEquals(403, refused.getCode());
        }
    }

    @Test
    void keepsObjectsAddressAndTokensOverARestart() throws InterruptedException {
        create("survivor");
        var account = server.account("default", "survivor");
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("survivor")
                .endMetadata()
                .addToData("a", "b")
                .build();
        server.client().resource(map).inNamespace("default").create();

        server.stop();
        assertThrows(
                KubernetesClientException.class,
                () -> server.client().configMaps().inNamespace("default").list());
        server.restart();

        var kept = server.client().configMaps().inNamespace("default").withName("survivor");
        assertEquals("b", kept.get().getData().get("a"));
        try (var survivor = client(account)) {
            assertTrue(survivor.raw("/version").contains("gitVersion"));
        }
    }

    @Test
    void hidesTheTokenFromItsText() {
        assertFalse(server.admin().toString().contains(server.admin().token()));
    }

    private static void create(String account) {
        var object = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(account)
                .endMetadata()
                .build();
        server.client().resource(object).inNamespace("default").create();
    }

    private static KubernetesClient client(Access access) {
        return new KubernetesClientBuilder().withConfig(access.config()).build();
    }
}
