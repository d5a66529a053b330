package io.nodeplane.plexd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.environment.KubernetesConfig;
import io.nodeplane.runtime.config.ConfigException;
import io.nodeplane.runtime.config.ConfigFault;
import io.nodeplane.runtime.config.ConfigReader;
import io.nodeplane.runtime.config.YamlFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** ApplyDefaults and Validate outside a pod (seed "Kubernetes DaemonSet Deployment Reference", Config). */
class KubernetesSectionTest {
    @Test
    void keepsTheNodeStateWhereverItIsEnabled() throws ConfigException {
        assertTrue(read("enabled: true, namespace: mesh").crdEnabled());
        assertFalse(read("namespace: mesh").crdEnabled());
        assertFalse(read("enabled: false, crd_enabled: true").crdEnabled());
    }

    @Test
    void asksForANamespaceOnlyWhenItIsEnabled() throws ConfigException {
        assertEquals("", read("enabled: false").namespace());
        assertEquals(List.of("kubernetes.namespace"), faults("enabled: true"));
    }

    @Test
    void checksEachValueAlsoWhenItIsNotEnabled() {
        assertEquals(List.of("kubernetes.crd_sync_interval"), faults("enabled: false, crd_sync_interval: 999ms"));
    }

    @Test
    void takesAnEmptyPathForNoneAndThenTheDefault() throws ConfigException {
        var config = read("enabled: true, namespace: mesh, audit_log_path: '', token_path: ''");

        assertEquals(Path.of("/var/log/kubernetes/audit/audit.log"), config.auditLogPath());
        assertEquals(Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token"), config.tokenPath());
    }

    private static List<String> faults(String section) {
        return assertThrows(ConfigException.class, () -> read(section)).faults().stream()
                .map(ConfigFault::key)
                .toList();
    }

    private static KubernetesConfig read(String section) throws ConfigException {
        var yaml = "api: {base_url: 'http://c'}\nkubernetes: {" + section + "}\n";
        var file = YamlFile.parse("c.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        var surroundings = new Surroundings(Optional.empty(), "machine-1");
        return PlexdConfig.from(new ConfigReader.Input("c.yaml", file, Map.of(), Map.of()), surroundings)
                .kubernetes();
    }
}
