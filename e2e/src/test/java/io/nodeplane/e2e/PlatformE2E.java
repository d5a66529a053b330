package io.nodeplane.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of an agent in the contract of 2026, on every node beside the one of the seeds' contract, against a strict control plane. */
@ExtendWith(OnCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformE2E {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private final PlatformDeployment platform;
    private final Cluster cluster;

    PlatformE2E(Cluster cluster) throws Exception {
        this.cluster = cluster;
        this.platform = PlatformDeployment.ready(cluster);
    }

    @AfterAll
    void leaveTheClusterAsItWas() throws Exception {
        platform.remove();
        for (var node : cluster.nodeNames()) {
            cluster.awaitReady(node);
        }
    }

    @Test
    void registersEveryNodeAsItsResource() throws Exception {
        var hosts = StreamSupport.stream(platform.mock().nodes().spliterator(), false)
                .map(node -> node.path("hostname").asText())
                .sorted()
                .toList();

        assertEquals(cluster.nodeNames(), hosts);
        var body = platform.mock().lastRequest("register");
        assertTrue(cluster.nodeNames().contains(body.path("resource_handle").asText()), body.toString());
    }

    @Test
    void tellsEverythingWithinAMinuteAndIsRefusedNothing() throws Exception {
        Eventually.within(MINUTE, () -> {
            var counts = platform.mock().assertions();
            for (var counter : List.of(
                    "state",
                    "capabilities",
                    "metrics",
                    "logs",
                    "audit",
                    "secrets",
                    "events_request",
                    "local_metrics",
                    "local_logs",
                    "local_audit")) {
                assertTrue(counts.path(counter + "_count").asLong() > 0, counter + " in " + counts);
            }
        });
        assertEquals("[]", platform.mock().refusals().toString());
    }

    @Test
    void everyNodesHeartGoesOn() throws Exception {
        Eventually.within(Duration.ofSeconds(90), () -> {
            for (var node : cluster.nodeNames()) {
                var beats = platform.requests("heartbeat", platform.nodeId(node));
                assertTrue(beats.size() > 1, beats.size() + " heartbeats of " + node);
                assertEquals(
                        List.of("client_now", "binary_checksum", "binary_version", "nat_summary"),
                        beats.getLast().properties().stream()
                                .map(Map.Entry::getKey)
                                .toList());
            }
        });
    }

    @Test
    void mirrorsTheStateIntoItsPlexdNodeState() throws Exception {
        for (var node : cluster.nodeNames()) {
            Eventually.within(MINUTE, () -> {
                var spec = platform.nodeState(node).getSpec();
                assertEquals(platform.nodeId(node), spec.getNodeId());
                assertEquals(Map.of("environment", "e2e-test", "region", "mock-region-1"), spec.getMetadata());
                assertEquals(1, spec.getData() == null ? 0 : spec.getData().size(), "entries of data");
                assertEquals("app/config", spec.getData().getFirst().getKey());
            });
        }
    }

    @Test
    void deliversLogsAndTheAuditLogOfTheApiServer() throws Exception {
        Eventually.within(MINUTE, () -> {
            var logs = platform.mock().records("logs", "\"unit\":\"plexd\"");
            assertTrue(logs.path("records").size() > 0, logs.toString());
            var audit = platform.mock().records("audit", "\"source\":\"k8s\"");
            assertTrue(audit.path("records").size() > 0, audit.toString());
        });
    }

    @Test
    void runsWhatItPullsOnTheNodeThatItIsFor() throws Exception {
        for (var node : cluster.nodeNames()) {
            var id = "e2e-" + UUID.randomUUID();

            platform.mock().wish(platform.nodeId(node), id, "system.info");

            var end = Eventually.valueWithin(MINUTE, () -> ended(platform.nodeId(node), "system.info", node));
            assertEquals(0, end.path("exit_code").asInt(-1), end.toString());
        }
        assertEquals("[]", platform.mock().refusals().toString());
    }

    @Test
    void tellsAReportOfAWorkloadAndThatItIsGone() throws Exception {
        var state = platform.nodeState(cluster.workerNode());
        var key = "e2e-" + UUID.randomUUID();
        var status = cluster.client().resource(state).subresource("status");
        var counts = platform.mock().assertions();

        status.patch(PatchContext.of(PatchType.JSON_MERGE), """
            {"status": {"report": [{"key": "%s", "contentType": "text/plain", "payload": "well", "version": 1}]}}
            """.formatted(key));
        awaitMore(counts, "report_put_count");
        assertEquals("well", platform.mock().lastRequest("report").path("value").asText());

        status.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"report\":[]}}");
        awaitMore(counts, "report_delete_count");
    }

    @Test
    void comesBackAsTheSameNodeAndDeclaresThePinnedHooks() throws Exception {
        var node = cluster.workerNode();
        var id = platform.nodeId(node);
        var identity = PlatformDeployment.identity(node);
        var before = platform.mock().assertions();
        hook("pinned", node, "plexd@" + DIGEST);
        hook("floating", node, "plexd:e2e");

        platform.restartAgent(node);

        Eventually.within(MINUTE, () -> {
            var hooks = platform.requests("capabilities", id).getLast().path("plexd_hooks");
            assertEquals(new ObjectMapper().readTree("""
                [{"name": "pinned", "image_digest": "%s", "parameters": {"depth": "3"}, "timeout_seconds": 5, "sandbox": true}]
                """.formatted(DIGEST)), hooks);
        });
        awaitMore(before, "heartbeat_count");
        assertEquals(identity, PlatformDeployment.identity(node));
        assertEquals(
                before.path("registration_count"), platform.mock().assertions().path("registration_count"));
        assertEquals(0, platform.mock().count("unauthorized_count"));
    }

    /** The end of the newest execution of a node; its output must be of that node. */
    private JsonNode ended(String nodeId, String action, String node) throws Exception {
        var end = platform.requests("execution_callback", nodeId).stream()
                .filter(body -> body.path("status").asText().equals("succeeded"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(action + " has not ended on " + node));
        var output =
                Base64.getDecoder().decode(end.path("output").path("inline").asText());
        var info = new ObjectMapper().readTree(output);
        assertEquals(node, info.path("hostname").asText(), new String(output, UTF_8));
        return end;
    }

    private void awaitMore(JsonNode before, String counter) throws Exception {
        Eventually.within(
                MINUTE,
                () -> assertTrue(
                        platform.mock().count(counter) > before.path(counter).asLong(), counter + " does not rise"));
    }

    /** One that ends soon, because its image is not on the node. */
    private void hook(String name, String node, String image) {
        var yaml = """
            apiVersion: plexd.plexsphere.com/v1alpha1
            kind: PlexdHook
            metadata: {name: %s}
            spec:
              hookName: %s
              nodeName: %s
              parameters: [{name: depth, value: "3"}]
              jobTemplate: {image: "%s", imagePullPolicy: Never, activeDeadlineSeconds: 5}
            """.formatted(name, name, node, image);
        cluster.client()
                .load(new ByteArrayInputStream(yaml.getBytes(UTF_8)))
                .inNamespace(PlatformDeployment.NAMESPACE)
                .create();
    }
}
