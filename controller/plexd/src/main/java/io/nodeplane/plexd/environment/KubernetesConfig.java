package io.nodeplane.plexd.environment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Kubernetes integration (seed "Kubernetes DaemonSet Deployment Reference", Config), also as {@code kubernetes.*} keys.
 *
 * @param crdEnabled keep a PlexdNodeState
 * @param namespace of the PlexdNodeState; non-empty when enabled
 * @param auditLogPath JSON lines written by the API server
 * @param crdSyncInterval at least 1 s
 * @param tokenPath service-account token, read again at each use
 * @param plainSecretKeys secrets whose Kubernetes Secrets hold plain text; empty unless that is switched on
 */
public record KubernetesConfig(
        boolean enabled,
        boolean crdEnabled,
        String namespace,
        Path auditLogPath,
        Duration crdSyncInterval,
        Path tokenPath,
        Set<String> plainSecretKeys) {
    public KubernetesConfig {
        plainSecretKeys = Set.copyOf(plainSecretKeys);
    }
}
