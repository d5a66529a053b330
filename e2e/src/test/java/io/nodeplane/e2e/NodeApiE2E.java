package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The node API as a person reaches it: {@code kubectl exec} into the agent's pod, whose image has no shell. */
@ExtendWith(OnCluster.class)
class NodeApiE2E {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyAgentShowsItsState(Cluster cluster) throws Exception {
        for (var node : cluster.nodeNames()) {
            Eventually.within(Duration.ofSeconds(60), () -> {
                var state = plexd(cluster, node, "state", "-o", "json");
                if (json(state).path("data_keys").isEmpty()) {
                    throw new AssertionError("no data keys yet on " + node + ": " + state);
                }
            });
        }
    }

    @Test
    void tablesHaveTheirHeaders(Cluster cluster) throws Exception {
        var node = cluster.workerNode();

        assertTrue(plexd(cluster, node, "state").startsWith("KIND"));
        assertTrue(plexd(cluster, node, "peers").startsWith("ID"));
        assertTrue(plexd(cluster, node, "policies").startsWith("POLICY"));
        assertTrue(plexd(cluster, node, "hooks").startsWith("NAME"));
        assertTrue(plexd(cluster, node, "actions").contains("system.info"));
    }

    @Test
    void forwardingIsTold(Cluster cluster) throws Exception {
        for (var command : List.of("logs", "audit")) {
            var standing = json(plexd(cluster, cluster.controlPlaneNode(), command, "-o", "json"));

            assertTrue(standing.path("enabled").asBoolean(), standing.toString());
            assertTrue(standing.path("source_count").asInt() > 0, standing.toString());
        }
    }

    @Test
    void theSocketIsTheAgentsOwnOnTheNode(Cluster cluster) throws Exception {
        for (var node : cluster.nodeNames()) {
            var mode = Cluster.onNode(node, "stat -c '%a %U %F' /var/run/plexd/api.sock")
                    .strip();

            assertEquals("660 root socket", mode, node);
        }
    }

    @Test
    void completionIsAScript(Cluster cluster) throws Exception {
        assertTrue(plexd(cluster, cluster.workerNode(), "completion", "bash").contains("complete -F"));
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }

    private static String plexd(Cluster cluster, String node, String... arguments) throws Exception {
        var pod = cluster.agentOn(node).getMetadata().getName();
        var command = new ArrayList<>(List.of("kubectl", "-n", Cluster.NAMESPACE, "exec", pod, "--", "plexd"));
        command.addAll(List.of(arguments));
        return Shell.run(command.toArray(String[]::new));
    }
}
