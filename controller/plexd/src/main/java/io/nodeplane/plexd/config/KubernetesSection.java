package io.nodeplane.plexd.config;

import io.nodeplane.plexd.environment.KubernetesConfig;
import io.nodeplane.plexd.environment.KubernetesEnvironment;
import io.nodeplane.runtime.config.ConfigReader;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The seed's ApplyDefaults and Validate (seed "Kubernetes DaemonSet", Config): inside a pod both switches are on and the
 * namespace is the pod's. Beyond it, a switch that was set explicitly is kept (protocol facts 1.2).
 */
final class KubernetesSection {
    private KubernetesSection() {}

    static KubernetesConfig read(ConfigReader reader, Optional<KubernetesEnvironment> pod) {
        var enabled = reader.find(PlexdKeys.KUBERNETES_ENABLED).orElse(pod.isPresent());
        var crdEnabled = reader.find(PlexdKeys.KUBERNETES_CRD_ENABLED).orElse(true);
        var namespace = reader.find(PlexdKeys.KUBERNETES_NAMESPACE)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .or(() -> pod.map(KubernetesEnvironment::namespace))
                .orElse("");
        if (enabled && namespace.isEmpty() && !reader.isFaulty(PlexdKeys.KUBERNETES_NAMESPACE)) {
            reader.fault(
                    PlexdKeys.KUBERNETES_NAMESPACE,
                    "nothing",
                    "a namespace, because kubernetes.enabled is true and the pod's own could not be read");
        }
        return new KubernetesConfig(
                enabled,
                enabled && crdEnabled,
                namespace,
                reader.get(PlexdKeys.KUBERNETES_AUDIT_LOG_PATH),
                reader.get(PlexdKeys.KUBERNETES_CRD_SYNC_INTERVAL),
                reader.get(PlexdKeys.KUBERNETES_TOKEN_PATH),
                plainSecretKeys(reader));
    }

    /** Plain text takes both: the switch, and the secret by name. */
    private static Set<String> plainSecretKeys(ConfigReader reader) {
        var keys = new HashSet<>(reader.get(PlexdKeys.KUBERNETES_PLAIN_SECRET_KEYS));
        return reader.get(PlexdKeys.KUBERNETES_PLAIN_SECRETS) ? keys : Set.of();
    }
}
