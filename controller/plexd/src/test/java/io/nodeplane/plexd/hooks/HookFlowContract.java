package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.hooks.HookSpec.Parameter;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.Condition;
import io.nodeplane.plexd.hooks.HookStatus.NodeResult;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of hooks when agents of several nodes are at work (seed "PlexdHook CRD Reference"). */
abstract class HookFlowContract {
    private final List<HookController> agents = new ArrayList<>();

    abstract HookSteps.Ports ports();

    /** The cluster as the agent of a node reaches it. */
    HookSteps.Ports ports(String node) {
        return ports();
    }

    abstract HookObserved make(String name, HookSpec spec);

    abstract HookObserved change(String name, HookSpec spec);

    abstract void remove(String name);

    abstract void addNode(String name, Map<String, String> labels);

    /** What Job controller and kubelet say; the Job's pod ended with code 3 when it failed. */
    abstract void becomes(String job, Phase phase);

    /** The pod of a Job cannot get its image. */
    abstract void lacksItsImage(String job);

    abstract void removeJob(String name);

    /** A Job that belongs to nobody. */
    abstract void stranger(String job);

    /** {@code hook reason} of every event, in any order. */
    abstract List<String> events();

    /** Repeats until the check passes or the time is over. */
    abstract void eventually(Check check) throws Exception;

    /** A check that throws as long as it does not pass. */
    interface Check {
        void run() throws Exception;
    }

    @AfterEach
    void stop() {
        agents.forEach(HookController::close);
    }

    @Test
    void runsAHookToItsEnd() throws Exception {
        agent("node-a");
        make("disk-check-node01", Hooks.seedExample());
        awaitPhase("disk-check-node01", Phase.PENDING);
        var pending = hook("disk-check-node01").status();

        becomes("plexdhook-disk-check-node01", Phase.RUNNING);
        awaitPhase("disk-check-node01", Phase.RUNNING);
        becomes("plexdhook-disk-check-node01", Phase.SUCCEEDED);
        awaitPhase("disk-check-node01", Phase.SUCCEEDED);

        var done = hook("disk-check-node01").status();
        assertEquals(Optional.of("plexdhook-disk-check-node01"), pending.jobName());
        assertTrue(pending.startedAt().isPresent());
        assertEquals(pending.startedAt(), done.startedAt());
        assertTrue(done.completedAt().isPresent());
        assertEquals(List.of("Accepted=true", "Complete=true"), conditions(done));
        eventually(() -> assertEquals(
                List.of("disk-check-node01 JobComplete", "disk-check-node01 JobCreated"),
                events().stream().sorted().toList()));
    }

    @Test
    void tellsWhyAHookFailedAndDoesNotRunItAgain() throws Exception {
        agent("node-a");
        make("broken", Hooks.spec(new Target.OneNode("node-a")));
        awaitPhase("broken", Phase.PENDING);

        becomes("plexdhook-broken", Phase.FAILED);
        awaitPhase("broken", Phase.FAILED);
        var failed = hook("broken");
        restart();
        removeJob("plexdhook-broken");
        settle();

        assertTrue(
                failed.status().message().startsWith("the container ended with code 3"),
                failed.status().message());
        assertEquals(List.of("Accepted=true", "Failed=true"), conditions(failed.status()));
        assertEquals(Optional.empty(), ports().jobs().find("plexdhook-broken"), "it was run again");
        assertEquals(failed, hook("broken"), "it was written again");
    }

    @Test
    void letsOneAgentOnlyRunAHookForNoCertainNode() throws Exception {
        agent("node-a");
        agent("node-b");
        make("once", Hooks.spec(new Target.AnyNode()));

        awaitPhase("once", Phase.PENDING);
        settle();
        var node = ports().jobs().find("plexdhook-once").orElseThrow().node();
        becomes("plexdhook-once", Phase.SUCCEEDED);
        awaitPhase("once", Phase.SUCCEEDED);

        assertEquals(
                List.of(node),
                hook("once").status().nodes().stream().map(NodeResult::node).toList());
        assertEquals(node, hook("once").status().nodeSummary());
    }

    @Test
    void setsTheStatusForAJobThatIsThereAlready() throws Exception {
        // Its maker was killed before it could say so, and another node's agent comes first.
        var hook = make("orphan", Hooks.spec(new Target.AnyNode()));
        ports("node-b").jobs().create(HookDesired.from(hook, namespace(), "node-b"));

        agent("node-a");
        awaitPhase("orphan", Phase.PENDING);
        agent("node-b");
        becomes("plexdhook-orphan", Phase.SUCCEEDED);
        awaitPhase("orphan", Phase.SUCCEEDED);

        assertEquals("node-b", hook("orphan").status().nodeSummary());
    }

    @Test
    void runsAHookOnEveryNodeWithTheLabelsAndMergesWhatTheySay() throws Exception {
        addNode("node-a", Map.of("disk", "ssd"));
        addNode("node-b", Map.of("disk", "ssd"));
        addNode("node-c", Map.of("disk", "none"));
        agent("node-a");
        agent("node-b");
        agent("node-c");
        make("all", Hooks.spec(Hooks.SSD));

        eventually(() -> assertEquals(List.of(true, true), begun("all")));
        becomes("plexdhook-all-node-a", Phase.SUCCEEDED);
        eventually(() -> assertEquals(
                Phase.SUCCEEDED, hook("all").status().on("node-a").orElseThrow().phase()));
        assertEquals(Optional.of(Phase.RUNNING), hook("all").status().phase());
        becomes("plexdhook-all-node-b", Phase.FAILED);
        awaitPhase("all", Phase.FAILED);

        var status = hook("all").status();
        assertEquals("1 of 2 failed", status.nodeSummary());
        assertTrue(status.message().contains("node-b: the container ended with code 3"), status.message());
        assertEquals(List.of("Accepted=true", "Failed=true"), conditions(status));
        assertEquals(Optional.empty(), ports().jobs().find("plexdhook-all-node-c"));
    }

    @Test
    void catchesUpWithAHookForManyNodesThatBeganWithoutIt() throws Exception {
        addNode("node-a", Map.of("disk", "ssd"));
        addNode("node-b", Map.of("disk", "ssd"));
        agent("node-a");
        make("late", Hooks.spec(Hooks.SSD));
        eventually(() -> assertEquals(List.of(true, false), begun("late")));
        becomes("plexdhook-late-node-a", Phase.SUCCEEDED);
        settle();

        agent("node-b");
        eventually(() -> assertEquals(List.of(true, true), begun("late")));
        becomes("plexdhook-late-node-b", Phase.SUCCEEDED);

        awaitPhase("late", Phase.SUCCEEDED);
        assertEquals("2 succeeded", hook("late").status().nodeSummary());
    }

    @Test
    void tellsTheEndOfAJobThatEndedWhileTheAgentWasAway() throws Exception {
        agent("node-a");
        make("away", Hooks.spec(new Target.AnyNode()));
        awaitPhase("away", Phase.PENDING);
        stop();
        agents.clear();
        becomes("plexdhook-away", Phase.SUCCEEDED);

        agent("node-a");

        awaitPhase("away", Phase.SUCCEEDED);
    }

    @Test
    void failsAHookWhoseJobWasDeletedBeforeItsEnd() throws Exception {
        agent("node-a");
        make("lost", Hooks.spec(new Target.AnyNode()));
        awaitPhase("lost", Phase.PENDING);

        removeJob("plexdhook-lost");

        awaitPhase("lost", Phase.FAILED);
        assertEquals(
                "the Job was deleted before it ended", hook("lost").status().message());
    }

    @Test
    void runsNoJobTwiceAmongVeryManyNodesThoughItWasDeleted() throws Exception {
        for (var i = 0; i <= HookPlan.TOLD_STEP_BY_STEP; i++) {
            addNode("node-" + i, Map.of("crowd", namespace()));
        }
        agent("node-0");
        agent("node-1");
        make("crowd", Hooks.spec(new Target.Labelled(Map.of("crowd", namespace()))));
        eventually(() -> {
            assertTrue(ports().jobs().find("plexdhook-crowd-node-0").isPresent());
            assertTrue(ports().jobs().find("plexdhook-crowd-node-1").isPresent());
        });
        assertTrue(begun("crowd").stream().noneMatch(begun -> begun), "a step was told");
        settle();

        removeJob("plexdhook-crowd-node-0");
        becomes("plexdhook-crowd-node-1", Phase.SUCCEEDED);

        eventually(() -> assertEquals(
                Phase.FAILED, hook("crowd").status().on("node-0").orElseThrow().phase()));
        eventually(() -> assertEquals(
                Phase.SUCCEEDED,
                hook("crowd").status().on("node-1").orElseThrow().phase()));
        assertEquals(Optional.empty(), ports().jobs().find("plexdhook-crowd-node-0"));
    }

    @Test
    void refusesCollidingParametersUntilTheyAreMended() throws Exception {
        agent("node-a");
        make("refused", Hooks.spec(new Target.AnyNode(), new Parameter("a-b", "1"), new Parameter("a_b", "2")));
        awaitPhase("refused", Phase.FAILED);
        var refused = hook("refused").status();

        change("refused", Hooks.spec(new Target.AnyNode(), new Parameter("a-b", "1")));
        awaitPhase("refused", Phase.PENDING);

        assertEquals(List.of("Accepted=false", "Failed=true"), conditions(refused));
        assertEquals(Optional.empty(), refused.jobName());
        assertEquals(List.of("Accepted=true"), conditions(hook("refused").status()));
    }

    @Test
    void failsWhenAStrangersJobHasTheName() throws Exception {
        stranger("plexdhook-taken");
        agent("node-a");
        make("taken", Hooks.spec(new Target.OneNode("node-a")));

        awaitPhase("taken", Phase.FAILED);

        assertEquals(
                "Job plexdhook-taken belongs to something else, choose another name for the PlexdHook",
                hook("taken").status().message());
    }

    @Test
    void saysThatNoNodeHasTheLabels() throws Exception {
        agent("node-a");
        make("nowhere", Hooks.spec(new Target.Labelled(Map.of("disk", "tape"))));

        awaitPhase("nowhere", Phase.FAILED);

        assertEquals(
                Optional.of("NoNodes"),
                hook("nowhere").status().conditions().stream()
                        .map(Condition::reason)
                        .findFirst());
    }

    @Test
    void saysWhatAPendingPodWaitsFor() throws Exception {
        agent("node-a");
        make("imageless", Hooks.spec(new Target.OneNode("node-a")));
        awaitPhase("imageless", Phase.PENDING);
        lacksItsImage("plexdhook-imageless");

        restart();

        eventually(() -> assertEquals(
                "ErrImagePull: no such image",
                hook("imageless").status().on("node-a").orElseThrow().message()));
        assertEquals("", hook("imageless").status().message(), "it has not failed");
    }

    abstract String namespace();

    /** An agent that has just started. */
    final void agent(String node) {
        var atOnce = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        var settings = new HookController.Settings(node, namespace(), Hooks.RULES, atOnce, Duration.ofMinutes(5));
        var agent = new HookController(
                ports(node),
                settings,
                Clock.systemUTC(),
                new Random(1),
                new HookMetrics(new PrometheusRegistry()),
                () -> {});
        agents.add(agent);
        agent.watch();
    }

    private void restart() {
        stop();
        agents.clear();
        agent("node-a");
    }

    final void awaitPhase(String hook, Phase phase) throws Exception {
        eventually(() -> assertEquals(
                Optional.of(phase),
                hook(hook).status().phase(),
                hook(hook).status().message()));
    }

    /** Lets everything happen that is to happen. */
    abstract void settle() throws Exception;

    void work() {
        for (var round = 0; round < 3; round++) {
            agents.forEach(HookController::work);
        }
    }

    /** For each listed node, in order, whether it has told of its Job. */
    private List<Boolean> begun(String hook) throws Exception {
        return hook(hook).status().nodes().stream()
                .map(node -> node.jobName().isPresent())
                .toList();
    }

    private HookObserved hook(String name) throws Exception {
        return ports().objects().find(name).orElseThrow();
    }

    private static List<String> conditions(HookStatus status) {
        return status.conditions().stream()
                .map(condition -> condition.type() + "=" + condition.status())
                .toList();
    }

    static Instant end() {
        return Instant.now();
    }
}
