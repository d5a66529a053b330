package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The life of an agent with the seed's own ConfigMap (seed "Kubernetes E2E Test", phases 6, 7, 8 and 10).
 *
 * <p>Also seed "DaemonSet configuration".
 */
@ExtendWith(OnCluster.class)
class LifecycleE2E {
    private static final Duration MINUTE = Duration.ofSeconds(60);

    @Test
    void phase06ReachesAllEightCountersWithinAMinute(Cluster cluster) throws Exception {
        Eventually.within(
                MINUTE,
                () -> reached(
                        cluster,
                        1,
                        "registration_count",
                        "heartbeat_count",
                        "state_count",
                        "capabilities_count",
                        "drift_count",
                        "metrics_count",
                        "logs_count",
                        "audit_count"));
    }

    @Test
    void phase07SendsTheBodiesOfTheContract(Cluster cluster) throws Exception {
        var register = cluster.mock().lastRequest("register");
        var heartbeat = cluster.mock().lastRequest("heartbeat");
        var capabilities = cluster.mock().lastRequest("capabilities");

        assertFalse(register.path("token").asText().isEmpty(), "register.token");
        assertTrue(cluster.nodeNames().contains(register.path("hostname").asText()), "register.hostname: " + register);
        var at = Instant.parse(heartbeat.path("timestamp").asText());
        assertTrue(Duration.between(at, Instant.now()).abs().compareTo(MINUTE) < 0, "heartbeat.timestamp: " + at);
        assertFalse(capabilities.path("builtin_actions").isEmpty(), "capabilities.builtin_actions");
    }

    @Test
    void phase08RunsItsLoopsOnAndOn(Cluster cluster) throws Exception {
        var before = cluster.mock().assertions();

        Eventually.within(MINUTE, () -> {
            reached(cluster, 2, "heartbeat_count", "metrics_count");
            // One agent alone would pass the line above; every agent must have gone on.
            reached(
                    cluster,
                    before.path("heartbeat_count").asLong()
                            + cluster.nodeNames().size(),
                    "heartbeat_count");
        });
    }

    @Test
    void phase10DeliversToTheLocalEndpoints(Cluster cluster) throws Exception {
        Eventually.within(
                MINUTE, () -> reached(cluster, 1, "local_metrics_count", "local_logs_count", "local_audit_count"));
    }

    @Test
    void everyNodeRegistersOnceUnderItsOwnName(Cluster cluster) throws Exception {
        var hosts = StreamSupport.stream(cluster.mock().nodes().spliterator(), false)
                .map(node -> node.path("hostname").asText())
                .sorted()
                .toList();

        assertEquals(cluster.nodeNames(), hosts);
    }

    @Test
    void nothingThatAnAgentSendsIsRefused(Cluster cluster) throws Exception {
        assertEquals("[]", cluster.mock().refusals().toString());
    }

    @Test
    void theAgentTellsItsStandingToAPerson(Cluster cluster) throws Exception {
        for (var node : cluster.nodeNames()) {
            var pod = cluster.agentOn(node).getMetadata().getName();

            var status = Shell.run("kubectl", "-n", Cluster.NAMESPACE, "exec", pod, "--", "plexd", "status");

            for (var word : List.of("node", "mesh ip", "control plane", "data plane")) {
                assertTrue(
                        status.toLowerCase(java.util.Locale.ROOT).contains(word), word + " is missing in: " + status);
            }
        }
    }

    private static void reached(Cluster cluster, long least, String... counters) throws Exception {
        var assertions = cluster.mock().assertions();
        for (var counter : counters) {
            var count = assertions.path(counter).asLong();
            if (count < least) {
                throw new AssertionError(counter + " is " + count + ", expected at least " + least);
            }
        }
    }
}
