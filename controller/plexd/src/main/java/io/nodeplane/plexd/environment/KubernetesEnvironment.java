package io.nodeplane.plexd.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pod this process runs in (seed "Kubernetes DaemonSet Deployment Reference", KubernetesEnvironment).
 *
 * @param namespace of the pod, trimmed; empty when it cannot be read
 * @param podName variable {@code HOSTNAME}; with host networking this is the node's host name
 * @param nodeName variable {@code MY_NODE_NAME} (downward API); empty when not set
 * @param serviceAccountToken path of the token file, which is read again at each use
 */
public record KubernetesEnvironment(String namespace, String podName, String nodeName, Path serviceAccountToken) {
    /** Where Kubernetes mounts the service account (seed, Constants). */
    public static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEnvironment.class);

    /**
     * The environment; empty outside a pod, and (told) in a pod without a service-account token, where no API call could
     * be made.
     *
     * @param variables the process environment
     * @param serviceAccount usually {@link #SERVICE_ACCOUNT}
     */
    public static Optional<KubernetesEnvironment> detect(Map<String, String> variables, Path serviceAccount) {
        if (variables.getOrDefault("KUBERNETES_SERVICE_HOST", "").isEmpty()) {
            return Optional.empty();
        }
        var token = serviceAccount.resolve("token");
        if (!Files.isRegularFile(token)) {
            LOG.atWarn()
                    .addKeyValue("path", token)
                    .log("pod has no service account token, kubernetes integration is off");
            return Optional.empty();
        }
        return Optional.of(new KubernetesEnvironment(
                namespace(serviceAccount.resolve("namespace")),
                variables.getOrDefault("HOSTNAME", ""),
                variables.getOrDefault("MY_NODE_NAME", "").strip(),
                token));
    }

    private static String namespace(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            LOG.atWarn().addKeyValue("path", file).setCause(unreadable).log("namespace of the pod cannot be read");
            return "";
        }
    }
}
