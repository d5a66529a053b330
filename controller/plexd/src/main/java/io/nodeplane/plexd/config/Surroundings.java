package io.nodeplane.plexd.config;

import io.nodeplane.plexd.environment.KubernetesEnvironment;
import java.util.Optional;

/**
 * What the process finds around itself and defaults depend on.
 *
 * @param kubernetes empty outside a pod
 * @param hostName of the machine, empty when it has none
 */
public record Surroundings(Optional<KubernetesEnvironment> kubernetes, String hostName) {
    /** Name of this node in Kubernetes; empty outside a pod, and in a pod that was not told. */
    public Optional<String> nodeName() {
        return kubernetes.map(KubernetesEnvironment::nodeName).filter(name -> !name.isEmpty());
    }
}
