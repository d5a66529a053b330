package io.nodeplane.plexd.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether and where the process runs in a pod (seed "Kubernetes DaemonSet Deployment Reference"). */
class KubernetesEnvironmentTest {
    private static final Map<String, String> IN_POD =
            Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "HOSTNAME", "plexd-abc", "MY_NODE_NAME", "worker-1");

    @TempDir
    Path serviceAccount;

    @Test
    void looksWhereKubernetesMountsTheAccount() {
        assertEquals(Path.of("/var/run/secrets/kubernetes.io/serviceaccount"), KubernetesEnvironment.SERVICE_ACCOUNT);
    }

    @Test
    void isEmptyOutsideAPod() {
        assertEquals(Optional.empty(), KubernetesEnvironment.detect(Map.of("HOSTNAME", "x"), serviceAccount));
        assertEquals(
                Optional.empty(), KubernetesEnvironment.detect(Map.of("KUBERNETES_SERVICE_HOST", ""), serviceAccount));
    }

    @Test
    void readsNamesFromVariablesAndTheNamespaceFromItsFile() throws IOException {
        var token = Files.writeString(serviceAccount.resolve("token"), "t");
        Files.writeString(serviceAccount.resolve("namespace"), " plexd-system\n");

        assertEquals(
                Optional.of(new KubernetesEnvironment("plexd-system", "plexd-abc", "worker-1", token)),
                KubernetesEnvironment.detect(IN_POD, serviceAccount));
    }

    @Test
    void isEmptyInAPodWithoutServiceAccountToken() {
        assertEquals(Optional.empty(), KubernetesEnvironment.detect(IN_POD, serviceAccount));
    }

    @Test
    void leavesTheNamespaceEmptyWhenItsFileIsMissing() throws IOException {
        Files.writeString(serviceAccount.resolve("token"), "t");

        assertEquals(
                Optional.of(""),
                KubernetesEnvironment.detect(IN_POD, serviceAccount).map(KubernetesEnvironment::namespace));
    }

    @Test
    void takesTheKernelsHostNameBeforeTheVariable() throws IOException {
        Files.createDirectories(serviceAccount.resolve("sys/kernel"));
        Files.writeString(serviceAccount.resolve("sys/kernel/hostname"), "machine-1\n");

        assertEquals("machine-1", HostName.of(serviceAccount, Map.of("HOSTNAME", "other")));
        assertEquals("other", HostName.of(Path.of("/nowhere"), Map.of("HOSTNAME", "other")));
        assertEquals("", HostName.of(Path.of("/nowhere"), Map.of()));
    }
}
