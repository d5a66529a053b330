package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every node shows its state as a PlexdNodeState, and takes reports from its status (seed "Kubernetes DaemonSet
 * Deployment Reference", seed "Kubernetes E2E Test").
 */
@ExtendWith(OnCluster.class)
class NodeStateE2E {
    @Test
    void everyNodeHasItsStateWithTheSeedsColumns(Cluster cluster) throws Exception {
        for (var node : cluster.nodeNames()) {
            cluster.nodeState(node);
        }

        var table = Shell.run("kubectl", "-n", Cluster.NAMESPACE, "get", "pns")
                .lines()
                .toList();

        assertEquals(
                List.of("NAME", "NODE", "ID", "MESH", "IP", "AGE"),
                Arrays.asList(table.getFirst().trim().split("\\s+")));
        assertEquals(cluster.nodeNames().size() + 1, table.size(), "one row per node: " + table);
        for (var state : cluster.nodeStates()) {
            var row = table.stream()
                    .filter(line -> line.startsWith(state.getMetadata().getName() + " "))
                    .findFirst()
                    .orElseThrow();
            assertTrue(row.contains(state.getSpec().getNodeId()), row);
            assertTrue(row.contains(state.getSpec().getMeshIp()), row);
        }
    }

    @Test
    void theStateOfTheControlPlaneArrivesInTheObject(Cluster cluster) throws Exception {
        for (var node : cluster.nodeNames()) {
            Eventually.within(Duration.ofSeconds(30), () -> {
                var spec = cluster.nodeState(node).getSpec();
                var data = spec.getData() == null ? List.of() : spec.getData();
                if (data.isEmpty() || spec.getMetadata() == null) {
                    throw new AssertionError("no data and metadata yet for " + node);
                }
            });
        }
    }

    @Test
    void aReportReachesTheControlPlaneWithinFiveSeconds(Cluster cluster) throws Exception {
        var state = cluster.nodeState(cluster.workerNode());
        var key = "e2e-" + UUID.randomUUID();

        patchReport(cluster, state, key);

        Eventually.within(Duration.ofSeconds(5), () -> {
            var report = cluster.mock().lastRequest("report");
            if (!report.toString().contains(key)) {
                throw new AssertionError("the last report does not tell " + key + ": " + report);
            }
        });
    }

    @Test
    void somebodyElsesChangeIsHealed(Cluster cluster) throws Exception {
        var node = cluster.workerNode();
        var before = cluster.nodeState(node);
        cluster.client()
                .resource(before)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"meshIp\":\"192.0.2.99\"}}");

        Eventually.within(
                Duration.ofSeconds(15),
                () -> assertEquals(
                        before.getSpec().getMeshIp(),
                        cluster.nodeState(node).getSpec().getMeshIp()));

        cluster.client().resource(before).delete();
        Eventually.within(
                Duration.ofSeconds(15),
                () -> assertTrue(
                        !before.getMetadata()
                                .getUid()
                                .equals(cluster.nodeState(node).getMetadata().getUid()),
                        "the object was not made again"));
    }

    @Test
    void aSteadyNodeCausesNoWritesAndNoLogLines(Cluster cluster) throws Exception {
        var settled = Instant.now().plusSeconds(20);
        Thread.sleep(Duration.between(Instant.now(), settled));
        var versions = versions(cluster);

        Thread.sleep(Duration.ofSeconds(45));

        assertEquals(versions, versions(cluster), "resource versions changed at rest");
        for (var agent : cluster.agents()) {
            var pod = agent.getMetadata().getName();
            assertEquals("", Shell.run("kubectl", "-n", Cluster.NAMESPACE, "logs", pod, "--since=45s"), pod);
        }
    }

    private static void patchReport(Cluster cluster, PlexdNodeState state, String key) {
        var entry = "{\"key\":\"" + key
                + "\",\"contentType\":\"application/json\",\"payload\":{\"ok\":true},\"version\":1}";
        cluster.client()
                .resource(state)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"report\":[" + entry + "]}}");
    }

    private static List<String> versions(Cluster cluster) {
        return cluster.nodeStates().stream()
                .map(state -> state.getMetadata().getName() + "@"
                        + state.getMetadata().getResourceVersion())
                .sorted()
                .toList();
    }
}
