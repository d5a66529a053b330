package io.nodeplane.plexd.privileges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables of the reference about the bundle, row by row (seed "Kubernetes DaemonSet Deployment Reference": Kubernetes
 * manifests, RBAC permissions, DaemonSet configuration, Environment variables, Volume mounts). Unlike {@link PrivilegesTest}
 * it does not ask the code.
 *
 * <p>Also seed "PlexdHook CRD Reference".
 */
class BundleTest {
    private static final Path KUSTOMIZE = Path.of("../../kustomize");
    private static final Path BASE = KUSTOMIZE.resolve("base/plexd");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "namespace.yaml      | Namespace/plexd-system",
                "serviceaccount.yaml | ServiceAccount/plexd",
                "clusterrole.yaml    | ClusterRole/plexd, ClusterRoleBinding/plexd",
                "consumer-roles.yaml | ClusterRole/plexd-hook-reader, ClusterRole/plexd-secrets-reader, "
                        + "ClusterRole/plexd-state-reader, ClusterRole/plexd-state-reporter",
                "daemonset.yaml      | DaemonSet/plexd",
                "secret.yaml         | Secret/plexd-bootstrap",
                "../../../crds/plexdnodestates.yaml | CustomResourceDefinition/plexdnodestates.plexd.plexsphere.com",
                "../../../crds/plexdhooks.yaml | CustomResourceDefinition/plexdhooks.plexd.plexsphere.com",
            })
    void eachFileHoldsItsObjects(String file, String objects) throws IOException {
        assertEquals(
                objects,
                objects(BASE.resolve(file)).stream()
                        .map(object ->
                                object.getKind() + "/" + object.getMetadata().getName())
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void theTokensSecretIsAnExampleThatIsNotApplied() throws IOException {
        var secret = Serialization.unmarshal(Files.readString(BASE.resolve("secret.yaml")), Secret.class);

        assertEquals(Map.of("token", ""), secret.getStringData());
        assertFalse(Files.readString(BASE.resolve("kustomization.yaml")).contains("- secret.yaml"));
    }

    @Test
    void theAgentsAccountIsBoundToItsRole() throws IOException {
        var text = texts(BASE.resolve("clusterrole.yaml"))
                .filter(document -> document.contains("kind: ClusterRoleBinding"))
                .findFirst()
                .orElseThrow();
        var binding = Serialization.unmarshal(text, ClusterRoleBinding.class);

        assertEquals("plexd", binding.getRoleRef().getName());
        assertEquals("plexd", binding.getSubjects().getFirst().getName());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plexd.plexsphere.com/plexdnodestates        | get, list, watch, create, update, patch, delete",
                "plexd.plexsphere.com/plexdnodestates/status | get, patch, update",
                "/secrets                                    | create, get, update, delete",
                "plexd.plexsphere.com/plexdhooks             | get, list, watch",
                "plexd.plexsphere.com/plexdhooks/status      | get, update, patch",
                "batch/jobs                                  | create, get, list, watch",
                "authentication.k8s.io/tokenreviews          | create",
            })
    void theAgentMayWhatTheReferenceGrants(String resource, String verbs) throws IOException {
        assertEquals(words(verbs), verbs("clusterrole.yaml", "plexd", resource));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plexd-state-reader   | plexd.plexsphere.com/plexdnodestates        | get, list, watch | ''",
                // The reference's manifest has it beside its table, which has not.
                "plexd-state-reporter | plexd.plexsphere.com/plexdnodestates/status | get, patch       | get plexd.plexsphere.com/plexdnodestates",
                "plexd-secrets-reader | /secrets                                    | get              | ''",
                "plexd-hook-reader    | plexd.plexsphere.com/plexdhooks             | get, list, watch | ''",
            })
    void aConsumerRoleGrantsItsRowAndNothingElse(String role, String resource, String verbs, String also)
            throws IOException {
        var row = words(verbs).stream().map(verb -> verb + " " + resource);
        assertEquals(
                Stream.concat(row, Stream.of(also))
                        .filter(right -> !right.isEmpty())
                        .collect(Collectors.toSet()),
                Manifests.rights("base/plexd/consumer-roles.yaml", role));
    }

    @Test
    void theDaemonSetIsConfiguredAsTheReferenceSays() throws IOException {
        var pod = pod();

        assertTrue(pod.getHostNetwork());
        assertEquals("ClusterFirstWithHostNet", pod.getDnsPolicy());
        assertEquals("system-node-critical", pod.getPriorityClassName());
        assertEquals(List.of(new Toleration(null, null, "Exists", null, null)), pod.getTolerations());
        assertTrue(agent().getSecurityContext().getReadOnlyRootFilesystem());
        assertEquals(
                List.of("NET_ADMIN", "NET_RAW"),
                agent().getSecurityContext().getCapabilities().getAdd());
        assertEquals(
                List.of("ALL"), agent().getSecurityContext().getCapabilities().getDrop());
    }

    @Test
    void theVariablesComeFromTheNodeAndTheSecret() throws IOException {
        var node = agent().getEnv().getFirst();
        var token = agent().getEnv().getLast();

        assertEquals(2, agent().getEnv().size());
        assertEquals("MY_NODE_NAME", node.getName());
        assertEquals("spec.nodeName", node.getValueFrom().getFieldRef().getFieldPath());
        assertEquals("PLEXD_BOOTSTRAP_TOKEN", token.getName());
        assertEquals(
                "plexd-bootstrap token",
                token.getValueFrom().getSecretKeyRef().getName() + " "
                        + token.getValueFrom().getSecretKeyRef().getKey());
    }

    @Test
    void theVolumesAreMountedAsTheReferenceSays() throws IOException {
        assertEquals(
                Set.of(
                        "/etc/plexd from ConfigMap plexd-config, read-only",
                        "/var/lib/plexd from hostPath /var/lib/plexd, read-write",
                        "/var/run/plexd from hostPath /var/run/plexd, read-write",
                        "/var/log/kubernetes/audit from hostPath /var/log/kubernetes/audit, read-only"),
                agent().getVolumeMounts().stream()
                        .map(mount -> mount.getMountPath() + " from " + source(mount.getName())
                                + (Boolean.TRUE.equals(mount.getReadOnly()) ? ", read-only" : ", read-write"))
                        .collect(Collectors.toSet()));
        assertTrue(agent().getArgs().contains("/etc/plexd/config.yaml"), "the file that is read is the one mounted");
    }

    /** Of the overlay for the test (seed "Kubernetes E2E Test": Image build and load, Manifest application, Debugging). */
    @Test
    void theTestsOverlayTakesLocalImagesAndItsOwnTokenAndNamespace() throws IOException {
        var overlay = Files.readString(KUSTOMIZE.resolve("e2e/kustomization.yaml"));

        for (var line : List.of(
                "namespace: plexd-e2e",
                "  - ../base",
                "  - ../components/mock-api",
                "  - name: plexd-bootstrap",
                "      - token=e2e-test-token",
                "    newName: plexd",
                "    newTag: e2e",
                "        value: Never")) {
            assertTrue(overlay.lines().anyMatch(line::equals), line);
        }
    }

    @Test
    void theAgentAndTheMockAreFoundByTheirLabels() throws IOException {
        var daemonSet = Serialization.unmarshal(Files.readString(BASE.resolve("daemonset.yaml")), DaemonSet.class);
        var mock = Files.readString(KUSTOMIZE.resolve("components/mock-api/generated/kubernetes.yml"));

        assertEquals(
                "plexd",
                daemonSet.getSpec().getTemplate().getMetadata().getLabels().get("app.kubernetes.io/name"));
        assertTrue(mock.contains("app.kubernetes.io/name: mock-api"));
        assertTrue(mock.contains("  type: ClusterIP\n") && mock.contains("port: 8080") && mock.contains("port: 8443"));
    }

    private static String source(String volume) {
        try {
            var found = pod().getVolumes().stream()
                    .filter(candidate -> candidate.getName().equals(volume))
                    .findFirst()
                    .orElseThrow();
            return found.getHostPath() == null
                    ? "ConfigMap " + found.getConfigMap().getName()
                    : "hostPath " + found.getHostPath().getPath();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static Set<String> verbs(String file, String role, String resource) throws IOException {
        return Manifests.rights("base/plexd/" + file, role).stream()
                .filter(right -> right.endsWith(" " + resource))
                .map(right -> right.substring(0, right.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words(String list) {
        return new TreeSet<>(Arrays.asList(list.split(", ")));
    }

    private static PodSpec pod() throws IOException {
        return Serialization.unmarshal(Files.readString(BASE.resolve("daemonset.yaml")), DaemonSet.class)
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static Container agent() throws IOException {
        return pod().getContainers().getFirst();
    }

    private static List<GenericKubernetesResource> objects(Path file) throws IOException {
        return texts(file)
                .map(text -> Serialization.unmarshal(text, GenericKubernetesResource.class))
                .toList();
    }

    private static Stream<String> texts(Path file) throws IOException {
        return Stream.of(Files.readString(file).split("(?m)^---\n")).filter(text -> text.contains("kind:"));
    }
}
