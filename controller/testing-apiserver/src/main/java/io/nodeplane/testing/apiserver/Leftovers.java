package io.nodeplane.testing.apiserver;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/**
 * Containers of a test run that was killed. A run that ends in any other way removes its own; Testcontainers' reaper is not
 * used, because its image cannot be had where no registry is in reach.
 */
final class Leftovers {
    private static final String PROCESS = "io.nodeplane.testing.process";
    private static final String STARTED = "io.nodeplane.testing.started";

    private Leftovers() {}

    /** Labels that tell which process a container belongs to. */
    static Map<String, String> labels() {
        var self = ProcessHandle.current();
        return Map.of(PROCESS, Long.toString(self.pid()), STARTED, started(self));
    }

    /** Removes the containers whose process is gone. */
    static void remove() {
        var docker = DockerClientFactory.lazyClient();
        var ours = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(PROCESS))
                .exec();
        for (var container : ours) {
            if (isGone(container.getLabels())) {
                docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            }
        }
    }

    private static boolean isGone(Map<String, String> labels) {
        return ProcessHandle.of(Long.parseLong(labels.getOrDefault(PROCESS, "0")))
                .filter(process -> started(process).equals(labels.get(STARTED)))
                .isEmpty();
    }

    /** Tells a process from a later one of the same number. */
    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
