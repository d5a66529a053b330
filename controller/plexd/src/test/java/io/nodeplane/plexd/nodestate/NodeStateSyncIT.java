package io.nodeplane.plexd.nodestate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import com.plexsphere.plexd.v1alpha1.PlexdNodeStateSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.nodesecrets.AgentAccount;
import io.nodeplane.plexd.report.ReportEntry;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.testing.apiserver.ApiServer;
import io.nodeplane.testing.apiserver.SharedApiServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The object of one node over its life, on a real API server with the bundle's rights (seed "Kubernetes DaemonSet
 * Deployment Reference").
 */
@ExtendWith(SharedApiServer.class)
final class NodeStateSyncIT {
    private static final String NAMESPACE = "node-state-sync";
    private static final String NAME = "node-n-1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Identity IDENTITY = new Identity(
            new NodeId("n-1"),
            "10.99.0.1",
            new SigningKey("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="),
            new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));

    private static KubernetesClient admin;
    private static KubernetesClient agent;
    private final LinkedBlockingQueue<List<ReportEntry>> reports = new LinkedBlockingQueue<>();

    @BeforeAll
    static void install(ApiServer server) throws IOException {
        admin = server.client();
        agent = AgentAccount.in(server, NAMESPACE);
    }

    @AfterAll
    static void close() {
        agent.close();
    }

    @BeforeEach
    void empty() {
        admin.resources(PlexdNodeState.class).inNamespace(NAMESPACE).delete();
    }

    @Test
    void makesTheObjectAndThenPutsTheStateInto() throws Exception {
        try (var sync = started()) {
            eventually(() -> assertEquals("10.99.0.1", object().getSpec().getMeshIp()));
            assertEquals("n-1", object().getSpec().getNodeId());
            assertEquals(
                    Map.of(
                            "app.kubernetes.io/managed-by", "plexd",
                            "plexd.plexsphere.com/node-id", "n-1",
                            "plexd.plexsphere.com/node-name", AgentAccount.NODE),
                    object().getMetadata().getLabels());
            assertFalse(object().getMetadata().getUid().isEmpty());
            assertFalse(object().getMetadata().getResourceVersion().isEmpty());

            sync.offer(state("{\"level\":\"debug\"}"));

            eventually(() -> {
                assertEquals(Map.of("region", "r-1"), object().getSpec().getMetadata());
                assertEquals(List.of("app/config@3"), data());
            });
            assertNull(object().getStatus(), "the status is not the agent's");
        }
    }

    @Test
    void correctsAnObjectThatIsThereAndKeepsItsReports() throws Exception {
        var uid = make("192.0.2.9").getMetadata().getUid();
        report("{\"ok\":true}");

        try (var _ = started()) {
            eventually(() -> assertEquals("10.99.0.1", object().getSpec().getMeshIp()));

            assertEquals(uid, object().getMetadata().getUid());
            assertEquals("disk", object().getStatus().getReport().getFirst().getKey());
        }
    }

    @Test
    void comparesAgainAtEachIntervalAndWritesNothingThatIsSo() throws Exception {
        try (var sync = started()) {
            sync.offer(state("1"));
            eventually(() -> assertEquals(List.of("app/config@3"), data()));
            var settled = object().getMetadata().getResourceVersion();
            sync.offer(state("1.0"));
            Thread.sleep(Duration.ofSeconds(3));
            assertEquals(settled, object().getMetadata().getResourceVersion());

            patch("{\"spec\":{\"meshIp\":\"192.0.2.99\"}}", "");

            eventually(() -> assertEquals("10.99.0.1", object().getSpec().getMeshIp()));
        }
    }

    @Test
    void tellsNewAndChangedReports() throws Exception {
        try (var _ = started()) {
            eventually(() -> assertTrue(object().getMetadata() != null));

            report("1");
            awaitReport("1");
            report("2");
            awaitReport("2");
        }
    }

    @Test
    void endsWhenItIsClosed() throws Exception {
        var sync = started();
        eventually(() -> assertTrue(object().getMetadata() != null));

        sync.close();
        patch("{\"spec\":{\"meshIp\":\"192.0.2.99\"}}", "");
        Thread.sleep(Duration.ofSeconds(2));

        assertEquals("192.0.2.99", object().getSpec().getMeshIp());
    }

    @Test
    void takesTheObjectAlongWhenTheNodeLeaves() throws Exception {
        var sync = started();
        eventually(() -> assertTrue(object().getMetadata() != null));
        sync.close();

        sync.withdraw();
        sync.withdraw();

        assertNull(find());
    }

    private NodeStateSync started() {
        var sync = NodeStateSync.over(
                agent,
                NAMESPACE,
                new NodeStateSync.Settings(IDENTITY, Optional.of(AgentAccount.NODE), Duration.ofSeconds(1)),
                new Random(1),
                reports::add,
                new NodeStateMetrics(new PrometheusRegistry()),
                () -> {});
        sync.start();
        return sync;
    }

    private void awaitReport(String payload) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            var told = reports.poll(1, TimeUnit.SECONDS);
            if (told != null
                    && told.stream().anyMatch(entry -> entry.payloadJson().equals(payload))) {
                return;
            }
        }
        throw new AssertionError("no report " + payload + " within " + PATIENCE);
    }

    private static NodeState state(String payload) {
        var entry = new DataEntry("app/config", "application/json", payload, 3, Instant.parse("2026-02-20T12:00:00Z"));
        return new NodeState(
                List.of(), List.of(), Optional.empty(), Map.of("region", "r-1"), List.of(entry), List.of(), Map.of());
    }

    private static PlexdNodeState make(String meshIp) {
        var object = new PlexdNodeState();
        object.setMetadata(
                new ObjectMetaBuilder().withName(NAME).withNamespace(NAMESPACE).build());
        var spec = new PlexdNodeStateSpec();
        spec.setNodeId("n-1");
        spec.setMeshIp(meshIp);
        object.setSpec(spec);
        return admin.resource(object).create();
    }

    private static void report(String payload) {
        patch("{\"status\":{\"report\":[{\"key\":\"disk\",\"payload\":" + payload + "}]}}", "status");
    }

    private static void patch(String json, String subresource) {
        var resource =
                admin.resources(PlexdNodeState.class).inNamespace(NAMESPACE).withName(NAME);
        var merge = PatchContext.of(PatchType.JSON_MERGE);
        if (subresource.isEmpty()) {
            resource.patch(merge, json);
        } else {
            resource.subresource(subresource).patch(merge, json);
        }
    }

    private static PlexdNodeState object() {
        var found = find();
        if (found == null) {
            throw new AssertionError("there is no " + NAME);
        }
        return found;
    }

    private static List<String> data() {
        var data = object().getSpec().getData();
        return data == null
                ? List.of()
                : data.stream()
                        .map(entry -> entry.getKey() + "@" + entry.getVersion())
                        .toList();
    }

    private static @Nullable PlexdNodeState find() {
        return admin.resources(PlexdNodeState.class)
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get();
    }

    private static void eventually(Runnable check) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError notYet) {
                if (Instant.now().isAfter(deadline)) {
                    throw notYet;
                }
                Thread.sleep(50);
            }
        }
    }
}
