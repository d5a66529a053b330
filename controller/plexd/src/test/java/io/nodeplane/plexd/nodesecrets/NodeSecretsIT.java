package io.nodeplane.plexd.nodesecrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import com.plexsphere.plexd.v1alpha1.plexdnodestatespec.SecretRefs;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.nodestate.NodeStateMetrics;
import io.nodeplane.plexd.nodestate.NodeStateSync;
import io.nodeplane.plexd.privileges.OwnNodePolicy;
import io.nodeplane.testing.apiserver.ApiServer;
import io.nodeplane.testing.apiserver.SharedApiServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Secrets and their record over the life and death of agents, on a real API server with the bundle's rights and
 * policy (seed "Kubernetes DaemonSet Deployment Reference").
 */
@ExtendWith(SharedApiServer.class)
final class NodeSecretsIT {
    private static final String NAMESPACE = "node-secrets";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEPT = "plexd-secret-n-1-kept";

    private static KubernetesClient admin;
    private static OwnNodePolicy policy;
    private static KubernetesClient agent;
    private final SealedSecrets controlPlane = new SealedSecrets();

    @BeforeAll
    static void install(ApiServer server) throws IOException, InterruptedException {
        admin = server.client();
        agent = AgentAccount.in(server, NAMESPACE);
        policy = OwnNodePolicy.in(server, NAMESPACE);
    }

    @AfterAll
    static void close() throws IOException, InterruptedException {
        policy.lift();
        agent.close();
    }

    @BeforeEach
    void empty() {
        admin.secrets().inNamespace(NAMESPACE).delete();
        admin.resources(PlexdNodeState.class).inNamespace(NAMESPACE).delete();
    }

    @Test
    void followsTheReferences() throws Exception {
        try (var process = new Agent()) {
            assertTrue(process.wants(Map.of("app/config", 1L, "kept", 1L)));
            assertEquals(List.of("app/config@1", "kept@1"), refs());
            assertEquals(2, secrets().size());

            assertTrue(process.wants(Map.of("kept", 2L)));
            assertEquals(List.of("kept@2"), refs());
            assertEquals(List.of(KEPT), secrets());
            assertEquals(KEPT, state().getSpec().getSecretRefs().getFirst().getSecretName());
        }
    }

    @Test
    void anUnchangedVersionCausesNoRequestEvenAfterARestart() throws Exception {
        try (var process = new Agent()) {
            process.wants(Map.of("kept", 1L));
        }
        var before = versions();

        try (var process = new Agent()) {
            assertTrue(process.wants(Map.of("kept", 1L)));
        }

        assertEquals(before, versions());
        assertEquals(List.of("kept"), controlPlane.fetched);
    }

    @Test
    void aReferenceThatWentWhileTheAgentWasDownLeavesNothing() throws Exception {
        try (var process = new Agent()) {
            process.wants(Map.of("kept", 1L, "gone", 1L));
        }

        try (var process = new Agent()) {
            assertTrue(process.wants(Map.of()));
        }

        assertEquals(List.of(), secrets());
        assertEquals(List.of(), refs());
    }

    @Test
    void aNodeStateThatWasMadeAnewGetsItsSecretsAnew() throws Exception {
        try (var process = new Agent()) {
            process.wants(Map.of("kept", 1L, "gone", 1L));
            var old = state().getMetadata().getUid();
            admin.resource(state()).delete();
            Agent.eventually(() -> !old.equals(state().getMetadata().getUid()));
            Agent.eventually(() -> process.ledger
                    .read()
                    .filter(known -> !known.owner().uid().equals(old))
                    .isPresent());

            assertTrue(process.wants(Map.of("kept", 1L)));

            assertEquals(List.of(KEPT), secrets());
            assertEquals(List.of("kept@1"), refs());
            var secret = admin.secrets().inNamespace(NAMESPACE).withName(KEPT).require();
            assertTrue(SecretObject.isOwnedBy(
                    secret.getMetadata(), state().getMetadata().getUid()));
        }
    }

    @Test
    void aRecordThatSomebodyEmptiedComesBack() throws Exception {
        try (var process = new Agent()) {
            process.wants(Map.of("kept", 1L));
            admin.resource(state()).edit(object -> {
                object.getSpec().setSecretRefs(List.of());
                return object;
            });
            Agent.eventually(
                    () -> process.ledger.read().filter(known -> !known.shown()).isPresent());

            assertTrue(process.wants(Map.of("kept", 1L)));

            assertEquals(List.of("kept@1"), refs());
            assertEquals(List.of("kept"), controlPlane.fetched);
        }
    }

    @Test
    void killedAtAnyPointTheNextProcessLeavesNothingOver() throws Exception {
        for (var point = 1; ; point++) {
            empty();
            try (var process = new Agent()) {
                process.wants(Map.of("gone", 1L, "kept", 1L));
            }
            boolean died;
            var killer = new Killer(point);
            try (var process = new Agent(killer)) {
                died = killer.dies(process.sync, Map.of("kept", 2L, "new", 1L));
            }

            try (var process = new Agent()) {
                assertTrue(process.wants(Map.of("kept", 2L)), "point " + point);
            }

            assertEquals(List.of(KEPT), secrets(), "point " + point);
            assertEquals(List.of("kept@2"), refs(), "point " + point);
            if (!died) {
                assertTrue(point > 8, "the work has " + point + " points");
                return;
            }
        }
    }

    private static List<String> secrets() {
        return admin.secrets().inNamespace(NAMESPACE).list().getItems().stream()
                .map(secret -> secret.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static List<String> refs() {
        var refs = state().getSpec().getSecretRefs();
        return refs == null
                ? List.of()
                : refs.stream().map(NodeSecretsIT::text).sorted().toList();
    }

    private static String text(SecretRefs ref) {
        return ref.getKey() + (ref.getVersion() == null ? "" : "@" + ref.getVersion());
    }

    private static List<String> versions() {
        var versions = new ArrayList<String>();
        versions.add(state().getMetadata().getResourceVersion());
        admin.secrets()
                .inNamespace(NAMESPACE)
                .list()
                .getItems()
                .forEach(secret -> versions.add(secret.getMetadata().getResourceVersion()));
        return versions;
    }

    private static PlexdNodeState state() {
        var state = admin.resources(PlexdNodeState.class)
                .inNamespace(NAMESPACE)
                .withName("node-n-1")
                .get();
        return state == null ? new PlexdNodeState() : state;
    }

    /** What one agent keeps in memory, with a watch of its own. */
    private final class Agent implements AutoCloseable {
        private final NodeStateSync states;
        private final SecretLedger ledger;
        private final NodeSecretsSync sync;

        Agent() throws InterruptedException {
            this(new Killer(0));
        }

        Agent(Killer killer) throws InterruptedException {
            var identity = new Identity(
                    new NodeId("n-1"),
                    "10.99.0.1",
                    new SigningKey("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="),
                    new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));
            states = NodeStateSync.over(
                    agent,
                    NAMESPACE,
                    new NodeStateSync.Settings(identity, Optional.of(AgentAccount.NODE), Duration.ofSeconds(1)),
                    new Random(1),
                    reports -> {},
                    new NodeStateMetrics(new PrometheusRegistry()),
                    () -> {});
            ledger = states.secretLedger();
            sync = new NodeSecretsSync(
                    killer.around(new KubernetesNodeSecretObjects(agent, NAMESPACE)),
                    killer.around(ledger),
                    controlPlane.source(),
                    SealedSecrets.settings(),
                    pause -> {},
                    new Random(1),
                    new NodeSecretsMetrics(new PrometheusRegistry()),
                    () -> {});
            states.start();
            eventually(() -> ledger.read().isPresent());
        }

        /** One cycle, and another when somebody else's write came between, as the agent does. */
        boolean wants(Map<String, Long> versions) throws InterruptedException {
            sync.offer(SealedSecrets.state(versions));
            for (var tries = 0; tries < 5; tries++) {
                if (sync.cycle()) {
                    return true;
                }
                Thread.sleep(200);
            }
            return false;
        }

        static void eventually(BooleanSupplier condition) throws InterruptedException {
            var deadline = Instant.now().plus(PATIENCE);
            while (!condition.getAsBoolean()) {
                assertTrue(Instant.now().isBefore(deadline), "not within " + PATIENCE);
                Thread.sleep(50);
            }
        }

        @Override
        public void close() {
            states.close();
        }
    }
}
