package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A deleted pod comes back as the same node (seed "Kubernetes E2E Test", phase 9). */
@ExtendWith(OnCluster.class)
class PodRestartE2E {
    private static final Duration MINUTE = Duration.ofSeconds(60);

    @Test
    void phase09KeepsItsIdentityAndGoesOn(Cluster cluster) throws Exception {
        var node = cluster.workerNode();
        var registrations = cluster.mock().count("registration_count");
        var audits = cluster.mock().count("audit_count");
        var identity = Cluster.onNode(node, "cat /var/lib/plexd/identity.json");

        var stopped = stop(cluster, node);
        var gone = Instant.now();
        cluster.awaitReady(node);
        var back = Duration.between(gone, Instant.now());
        var heartbeats = cluster.mock().count("heartbeat_count");
        Eventually.within(MINUTE, () -> {
            var now = cluster.mock().assertions();
            assertTrue(now.path("heartbeat_count").asLong() > heartbeats, "heartbeat did not resume");
            assertTrue(now.path("audit_count").asLong() > audits, "audit_count did not rise");
        });

        assertTrue(stopped.compareTo(Duration.ofSeconds(10)) < 0, "stopping took " + stopped);
        assertTrue(back.compareTo(MINUTE) < 0, "the new pod was ready after " + back);
        assertEquals(registrations, cluster.mock().count("registration_count"), "registered again");
        assertEquals(identity, Cluster.onNode(node, "cat /var/lib/plexd/identity.json"));
    }

    /** Deletes the agent's pod and waits until its containers are gone. */
    private static Duration stop(Cluster cluster, String node) throws Exception {
        var pod = cluster.agentOn(node).getMetadata().getName();
        var begin = Instant.now();
        Shell.run("kubectl", "-n", Cluster.NAMESPACE, "delete", "pod", pod, "--wait=true");
        return Duration.between(begin, Instant.now());
    }
}
