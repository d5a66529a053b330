package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The API server would take every overlay, field by field (seed "Kubernetes DaemonSet Deployment Reference", seed
 * "Kubernetes E2E Test").
 */
@ExtendWith(OnCluster.class)
class OverlaysE2E {
    @Test
    void theApiServerTakesEveryOverlay(Cluster cluster) throws Exception {
        var output = Shell.run(Path.of("..")
                .toAbsolutePath()
                .normalize()
                .resolve("kustomize/dry-run.sh")
                .toString());

        assertTrue(output.contains("dry run: kustomize/production"), output);
        assertTrue(output.contains("dry run: kustomize/e2e"), output);
        assertTrue(output.contains("daemonset.apps/plexd"), output);
    }
}
