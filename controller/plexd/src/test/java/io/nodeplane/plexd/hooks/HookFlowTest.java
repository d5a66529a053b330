package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The flows in memory, and what no real API server can be made to say (seed "PlexdHook CRD Reference"). */
class HookFlowTest extends HookFlowContract {
    private final InMemoryHooks hooks = new InMemoryHooks();
    private final InMemoryJobs jobs = new InMemoryJobs();
    private final InMemorySurroundings surroundings = new InMemorySurroundings();

    @Test
    void failsAHookWhoseJobTheServerRefuses() throws Exception {
        jobs.refuse(new ClusterFault(ClusterFault.Kind.REFUSED, "cannot create Job x: too large", null));
        agent("node-a");
        make("refused", Hooks.spec(new Target.OneNode("node-a")));

        awaitPhase("refused", Phase.FAILED);

        var status = hooks.find("refused").orElseThrow().status();
        assertEquals("cannot create Job x: too large", status.message());
        assertEquals(Optional.empty(), status.jobName());
    }

    @Test
    void leavesAHookOpenWhileTheServerGivesNoAnswer() throws Exception {
        jobs.refuse(new ClusterFault(ClusterFault.Kind.UNAVAILABLE, "cannot create Job x: timeout", null));
        agent("node-a");
        make("unanswered", Hooks.spec(new Target.OneNode("node-a")));
        settle();
        assertEquals(
                Optional.empty(),
                hooks.find("unanswered").orElseThrow().status().phase());

        jobs.refuse(null);
        agent("node-a");

        awaitPhase("unanswered", Phase.PENDING);
    }

    @Test
    void findsAHookForManyNodesThatBeganWhileItsWatchWasBroken() throws Exception {
        addNode("node-a", Map.of("disk", "ssd"));
        addNode("node-b", Map.of("disk", "ssd"));
        agent("node-a");
        agent("node-b");
        settle();

        hooks.deaf("node-b", () -> {
            make("missed", Hooks.spec(Hooks.SSD));
            work();
        });
        settle();

        assertTrue(jobs.find("plexdhook-missed-node-a").isPresent());
        assertTrue(jobs.find("plexdhook-missed-node-b").isPresent(), "it waits for its next look, in minutes");
    }

    @Test
    void findsAHookAlsoWhereItsVersionIsNeverReachedAgain() throws Exception {
        hooks.restored();
        var known = new KnownHooks();
        var telling = new HookTelling(surroundings, new HookMetrics(new PrometheusRegistry()), "node-a");
        var agent = new HookPlan.Agent("node-a", namespace(), Hooks.RULES);
        var steps = new HookSteps(ports(), known, agent, telling, Clock.systemUTC());
        known.remove(make("restored", Hooks.spec(new Target.OneNode("node-a"))));

        assertThrows(ClusterFault.class, () -> steps.take("restored", false));
        steps.take("restored", true);

        assertTrue(jobs.find("plexdhook-restored").isPresent());
    }

    @Override
    HookSteps.Ports ports() {
        return new HookSteps.Ports(hooks, jobs, surroundings);
    }

    @Override
    HookObserved make(String name, HookSpec spec) {
        return hooks.make(name, spec);
    }

    @Override
    HookObserved change(String name, HookSpec spec) {
        return hooks.change(name, spec);
    }

    @Override
    void remove(String name) {
        hooks.remove(name);
    }

    @Override
    void addNode(String name, Map<String, String> labels) {
        surroundings.addNode(name, labels);
    }

    @Override
    void becomes(String job, Phase phase) {
        if (phase == Phase.FAILED) {
            jobs.podOf(job, new PodObserved("", Optional.of(3), "Error", "", List.of("disk is full")));
        }
        jobs.becomes(job, phase, end());
    }

    @Override
    void lacksItsImage(String job) {
        jobs.podOf(job, new PodObserved("ErrImagePull: no such image", Optional.empty(), "", "", List.of()));
    }

    @Override
    void removeJob(String name) {
        jobs.remove(name);
    }

    @Override
    void stranger(String job) {
        jobs.stranger(job);
    }

    @Override
    List<String> events() {
        return surroundings.events();
    }

    @Override
    void eventually(Check check) throws Exception {
        work();
        check.run();
    }

    @Override
    void settle() {
        work();
    }

    @Override
    String namespace() {
        return "plexd-system";
    }
}
