package io.nodeplane.plexd.environment;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Kubernetes integration (seed "Kubernetes DaemonSet Deployment Reference", Config), also as {@code kubernetes.*} keys.
 *
 * @param crdEnabled keep a PlexdNodeState
 * @param namespace of the PlexdNodeState; non-empty when enabled
 * @param auditLogPath JSON lines written by the API server
 * @param crdSyncInterval at least 1 s
 * @param tokenPath service-account token, read again at each use
 */
public record KubernetesConfig(
        boolean enabled,
        boolean crdEnabled,
        String namespace,
        Path auditLogPath,
        Duration crdSyncInterval,
        Path tokenPath) {}
