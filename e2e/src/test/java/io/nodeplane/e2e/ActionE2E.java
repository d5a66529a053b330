package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A signed request is answered, run and told on the node that it was sent to. */
@ExtendWith(OnCluster.class)
class ActionE2E {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void tellsTheNodesOfItsSystemWithinHalfAMinute(Cluster cluster) throws Exception {
        for (var node : cluster.mock().nodes()) {
            var id = "e2e-" + UUID.randomUUID();
            var ack = accepted(cluster, node.path("node_id").asText(), id, "system.info");
            assertEquals("accepted", ack.path("status").asText(), ack.toString());
            var result = received(cluster, "execution_result", id);
            assertEquals("success", result.path("status").asText(), result.toString());
            var info = JSON.readTree(result.path("stdout").asText());
            assertEquals(node.path("hostname").asText(), info.path("hostname").asText(), info.toString());
            assertEquals(node.path("node_id").asText(), info.path("node_id").asText(), info.toString());
        }
        assertEquals("[]", cluster.mock().refusals().toString());
    }

    @Test
    void declaresWhatItRunsInACluster(Cluster cluster) throws Exception {
        var declared = cluster.mock()
                .lastRequest("capabilities")
                .path("builtin_actions")
                .findValuesAsText("name");

        for (var action : new String[] {"diagnostics.collect", "service.restart", "system.info"}) {
            assertTrue(declared.contains(action), action + " is not in " + declared);
        }
    }

    @Test
    void restartsAnAgentOnceItHasTakenLeave(Cluster cluster) throws Exception {
        var node = cluster.mock().nodes().get(0);
        var pod = cluster.agentOn(node.path("hostname").asText()).getMetadata().getName();
        var before = restarts(cluster, pod);
        var id = "e2e-" + UUID.randomUUID();

        var ack = accepted(cluster, node.path("node_id").asText(), id, "service.restart");

        assertEquals("accepted", ack.path("status").asText(), ack.toString());
        var result = received(cluster, "execution_result", id);
        assertEquals("success", result.path("status").asText(), result.toString());
        Eventually.within(Duration.ofMinutes(2), () -> {
            var now = restarts(cluster, pod);
            var ended = container(cluster, pod).getLastState().getTerminated();
            var isReady = Boolean.TRUE.equals(container(cluster, pod).getReady());
            if (now != before + 1 || ended == null || ended.getExitCode() != 0 || !isReady) {
                throw new AssertionError(pod + " was restarted " + (now - before) + " times, ended with " + ended
                        + ", ready: " + isReady);
            }
        });
    }

    private static int restarts(Cluster cluster, String pod) {
        return container(cluster, pod).getRestartCount();
    }

    private static ContainerStatus container(Cluster cluster, String pod) {
        return cluster.client()
                .pods()
                .inNamespace(Cluster.NAMESPACE)
                .withName(pod)
                .get()
                .getStatus()
                .getContainerStatuses()
                .getFirst();
    }

    /** Asks as a control plane does, again while nothing is heard: the stream of an agent that was just restarted may not be open yet. */
    private static JsonNode accepted(Cluster cluster, String nodeId, String id, String action) throws Exception {
        var next = new AtomicReference<>(Instant.MIN);
        return Eventually.valueWithin(LIMIT, () -> {
            if (Instant.now().isAfter(next.get())) {
                cluster.mock().request(nodeId, id, action);
                next.set(Instant.now().plusSeconds(5));
            }
            return seen(cluster, "execution_ack", id);
        });
    }

    private static JsonNode received(Cluster cluster, String endpoint, String id) throws Exception {
        return Eventually.valueWithin(LIMIT, () -> seen(cluster, endpoint, id));
    }

    private static JsonNode seen(Cluster cluster, String endpoint, String id) throws Exception {
        var requests = cluster.mock().requests(endpoint, 0).path("requests");
        return StreamSupport.stream(requests.spliterator(), false)
                .map(request -> request.path("body"))
                .filter(body -> body.path("execution_id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + endpoint + " of " + id));
    }
}
