package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import io.nodeplane.plexd.privileges.OwnNodePolicy;
import io.nodeplane.testing.apiserver.ApiServer;
import io.nodeplane.testing.apiserver.SharedApiServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The flows on a real API server, under the bundle's admission policy: each agent may write for its node only. The test is Job
 * controller and kubelet.
 *
 * <p>Also seed "KubeClient interface", seed "PlexdHook CRD Reference".
 */
@ExtendWith(SharedApiServer.class)
class HookFlowIT extends HookFlowContract {
    private static OwnNodePolicy policy;

    private final HookCluster cluster;

    @BeforeAll
    static void enforce(ApiServer server) throws Exception {
        try (var any = new HookCluster(server)) {
            policy = OwnNodePolicy.in(server, any.namespace());
        }
    }

    @AfterAll
    static void lift() throws Exception {
        policy.lift();
    }

    HookFlowIT(ApiServer server) throws Exception {
        cluster = new HookCluster(server);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void makesAJobThatTheServerTakesWithEveryField() throws Exception {
        var hook = make("trim", Hooks.everything());

        var made = ports().jobs().create(HookDesired.from(hook, namespace(), "node-a"));
        var again = ports().jobs().create(HookDesired.from(hook, namespace(), "node-a"));

        assertTrue(made instanceof HookJobs.Creation.Created, made::toString);
        assertTrue(again instanceof HookJobs.Creation.Exists, again::toString);
        var owner =
                cluster.job("plexdhook-trim").getMetadata().getOwnerReferences().getFirst();
        assertEquals(
                "plexd.plexsphere.com/v1alpha1 PlexdHook trim " + hook.uid() + " true true",
                String.join(
                        " ",
                        owner.getApiVersion(),
                        owner.getKind(),
                        owner.getName(),
                        owner.getUid(),
                        owner.getController().toString(),
                        owner.getBlockOwnerDeletion().toString()));
    }

    @Test
    void saysWhyTheServerRefusesAJob() throws Exception {
        var template = new HookSpec.JobTemplate(
                "busybox:latest",
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of("memory", "64Mi"),
                Map.of("memory", "32Mi"),
                List.of(),
                Optional.empty(),
                false,
                0,
                Optional.empty(),
                Optional.empty());
        agent("node-a");
        make("greedy", new HookSpec("greedy", new Target.OneNode("node-a"), template, List.of(), false));

        awaitPhase("greedy", Phase.FAILED);

        var status = ports().objects().find("greedy").orElseThrow().status();
        assertEquals(Optional.empty(), status.jobName());
        assertTrue(status.message().contains("must be less than or equal to memory limit"), status.message());
    }

    @Test
    void waitsUntilTheJobOfADeletedHookOfTheNameIsGone() throws Exception {
        agent("node-a");
        make("again", Hooks.spec(new Target.OneNode("node-a")));
        awaitPhase("again", Phase.PENDING);
        var first = cluster.job("plexdhook-again").getMetadata().getUid();
        remove("again");

        make("again", Hooks.spec(new Target.OneNode("node-a")));
        settle();
        assertEquals(first, cluster.job("plexdhook-again").getMetadata().getUid());
        removeJob("plexdhook-again");

        awaitPhase("again", Phase.PENDING);
        assertNotEquals(first, cluster.job("plexdhook-again").getMetadata().getUid());
    }

    @Test
    void worksByItselfAndGoesOnAfterAnotherStart() throws Exception {
        try (var agent = controller()) {
            agent.start();
            make("alone", Hooks.spec(new Target.AnyNode()));
            HookCluster.eventually(() -> assertEquals(Optional.of(Phase.PENDING), phase("alone")));
        }
        cluster.becomes("plexdhook-alone", Phase.RUNNING);
        try (var agent = controller()) {
            agent.start();
            HookCluster.eventually(() -> assertEquals(Optional.of(Phase.RUNNING), phase("alone")));
            cluster.becomes("plexdhook-alone", Phase.SUCCEEDED);
            HookCluster.eventually(() -> assertEquals(Optional.of(Phase.SUCCEEDED), phase("alone")));
        }
    }

    @Test
    void beginsWithAWatchThatIsRefusedAtFirst() throws Exception {
        cluster.unbind();
        try (var agent = controller()) {
            agent.start();
            make("patient", Hooks.spec(new Target.OneNode("node-a")));
            Thread.sleep(Duration.ofSeconds(1));
            assertEquals(Optional.empty(), phaseAsAdmin("patient"));

            cluster.bind();

            HookCluster.eventually(() -> assertEquals(Optional.of(Phase.PENDING), phase("patient")));
        }
    }

    @Test
    void hearsAgainWhenTheServerWasAway(ApiServer server) throws Exception {
        try (var agent = controller()) {
            agent.start();
            make("before", Hooks.spec(new Target.OneNode("node-a")));
            HookCluster.eventually(() -> assertEquals(Optional.of(Phase.PENDING), phaseAsAdmin("before")));

            server.stop();
            server.restart();
            make("after", Hooks.spec(new Target.OneNode("node-a")));

            HookCluster.eventually(() -> assertEquals(Optional.of(Phase.PENDING), phaseAsAdmin("after")));
        }
    }

    private HookController controller() {
        return HookController.over(
                cluster.client("node-a"),
                HookController.Settings.of("node-a", namespace(), Hooks.RULES),
                Clock.systemUTC(),
                new Random(1),
                new HookMetrics(new PrometheusRegistry()),
                () -> {});
    }

    private Optional<Phase> phaseAsAdmin(String hook) {
        return cluster.hook(hook).status().phase();
    }

    private Optional<Phase> phase(String hook) throws Exception {
        return ports().objects().find(hook).orElseThrow().status().phase();
    }

    @Test
    void listsNodesPageByPageAndNoMoreThanAreAskedFor() throws Exception {
        for (var i = 0; i < 300; i++) {
            addNode("page-%03d".formatted(i), Map.of("page", "yes"));
        }

        assertEquals(
                300, ports().surroundings().nodes(Map.of("page", "yes"), 1000).size());
        assertEquals(11, ports().surroundings().nodes(Map.of("page", "yes"), 10).size());
        assertEquals(List.of(), ports().surroundings().nodes(Map.of("page", "no"), 10));
    }

    @Test
    void recordsAnEventOnceHoweverOftenItIsTold() throws Exception {
        var hook = make("event", Hooks.spec(new Target.AnyNode()));
        var event = new HookSurroundings.Event(hook, "node-a", true, "JobCreated", "Job plexdhook-event");

        ports().surroundings().record(event);
        ports().surroundings().record(event);

        assertEquals(List.of("event JobCreated"), events());
    }

    @Override
    HookSteps.Ports ports() {
        return cluster.ports("node-a");
    }

    @Override
    HookSteps.Ports ports(String node) {
        return cluster.ports(node);
    }

    @Override
    HookObserved make(String name, HookSpec spec) {
        return cluster.make(name, spec);
    }

    @Override
    HookObserved change(String name, HookSpec spec) {
        return cluster.change(name, spec);
    }

    @Override
    void remove(String name) {
        cluster.remove(name);
    }

    @Override
    void addNode(String name, Map<String, String> labels) {
        cluster.addNode(name, labels);
    }

    @Override
    void becomes(String job, Phase phase) {
        cluster.becomes(job, phase);
    }

    @Override
    void lacksItsImage(String job) {
        cluster.lacksItsImage(job);
    }

    @Override
    void removeJob(String name) {
        cluster.removeJob(name);
    }

    @Override
    void stranger(String job) {
        cluster.stranger(job);
    }

    @Override
    List<String> events() {
        return cluster.events();
    }

    @Override
    void eventually(Check check) throws Exception {
        HookCluster.eventually(() -> {
            work();
            check.run();
        });
    }

    /** Half a second is ten times what a watch event takes. */
    @Override
    void settle() throws Exception {
        for (var i = 0; i < 10; i++) {
            Thread.sleep(Duration.ofMillis(50));
            work();
        }
    }

    @Override
    String namespace() {
        return cluster.namespace();
    }
}
