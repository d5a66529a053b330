package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.Condition;
import io.nodeplane.plexd.hooks.HookStatus.NodeResult;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The status of a hook from its beginning to its end (seed "PlexdHook CRD Reference"). */
class HookProgressTest {
    private static final Instant NOW = Hooks.NOW;
    private static final HookObserved ANY = Hooks.hook("any", Hooks.spec(new Target.AnyNode()));
    private static final HookObserved MANY = Hooks.hook("many", Hooks.spec(Hooks.SSD));
    private static final Condition TAKEN = new Condition("Accepted", true, "Taken", "", NOW, 1);

    @Test
    void tellsThePendingJobAsTheSeedSays() {
        var status = alone(ANY, Phase.PENDING, "", NOW);

        var node = new NodeResult("node-a", Optional.of("plexdhook-any"), Phase.PENDING, "", Optional.empty());
        assertEquals(
                new HookStatus(
                        Optional.of("plexdhook-any"),
                        Optional.of(Phase.PENDING),
                        "",
                        Optional.of(NOW),
                        Optional.empty(),
                        1,
                        "node-a",
                        List.of(TAKEN),
                        List.of(node)),
                status);
    }

    @Test
    void keepsTheStartAndTellsTheEnd() {
        var begun = Hooks.hook("any", ANY.spec(), alone(ANY, Phase.PENDING, "", NOW));

        var status = alone(begun, Phase.FAILED, "the container ended with code 3", NOW.plusSeconds(10));

        assertEquals(Optional.of(Phase.FAILED), status.phase());
        assertEquals("the container ended with code 3", status.message());
        assertEquals(Optional.of(NOW), status.startedAt());
        assertEquals(Optional.of(NOW.plusSeconds(9)), status.completedAt());
        assertEquals(
                List.of(
                        TAKEN,
                        new Condition(
                                "Failed",
                                true,
                                "JobFailed",
                                "the container ended with code 3",
                                NOW.plusSeconds(10),
                                1)),
                status.conditions());
    }

    @Test
    void completesWithTheConditionThatKubectlWaitsFor() {
        var status = alone(ANY, Phase.SUCCEEDED, "", NOW);

        assertEquals(List.of(TAKEN, new Condition("Complete", true, "JobComplete", "", NOW, 1)), status.conditions());
        assertEquals("", status.message());
    }

    @Test
    void refusesWithAConditionAndWithoutAJob() {
        var status = HookProgress.refused(ANY, new HookRules.Refusal("ParameterCollision", "a and b"), NOW);

        assertEquals(Optional.empty(), status.jobName());
        assertEquals(Optional.of(Phase.FAILED), status.phase());
        assertEquals(
                List.of(
                        new Condition("Accepted", false, "ParameterCollision", "a and b", NOW, 1),
                        new Condition("Failed", true, "ParameterCollision", "a and b", NOW, 1)),
                status.conditions());
    }

    @Test
    void beginsAnewWhenARefusedSpecWasMended() {
        var refused = HookProgress.refused(ANY, new HookRules.Refusal("ParameterCollision", "a and b"), NOW);
        var mended = new HookObserved("any", "uid-any", 2, "2", false, ANY.spec(), refused);

        var status = alone(mended, Phase.PENDING, "", NOW.plusSeconds(60));

        assertEquals(Optional.of(NOW.plusSeconds(60)), status.startedAt());
        assertEquals(
                List.of(new Condition("Accepted", true, "Taken", "", NOW.plusSeconds(60), 2)), status.conditions());
    }

    @Test
    void closesWithWhatFailedOnWhichNode() {
        var begun = Hooks.hook("many", MANY.spec(), HookProgress.begun(MANY, List.of("b", "a"), NOW));
        var ended = Hooks.hook(
                "many",
                MANY.spec(),
                begun.status()
                        .with(result("a", Phase.SUCCEEDED, "", NOW.plusSeconds(5)))
                        .with(result("b", Phase.FAILED, "code 3", NOW.plusSeconds(7))));

        var status = HookProgress.closed(ended, NOW.plusSeconds(60));

        assertEquals(Optional.of(Phase.FAILED), status.phase());
        assertEquals("1 of 2 nodes failed\nb: code 3", status.message());
        assertEquals("1 of 2 failed", status.nodeSummary());
        assertEquals(Optional.of(NOW.plusSeconds(7)), status.completedAt());
        assertEquals(
                List.of("Accepted", "Failed"),
                status.conditions().stream().map(Condition::type).toList());
        assertEquals(status, HookProgress.closed(ended, NOW.plusSeconds(90)), "whoever closes says the same");
    }

    @Test
    void listsTheNodesWhenItBegins() {
        var status = HookProgress.begun(MANY, List.of("b", "a"), NOW);

        assertEquals(Optional.of("plexdhook-many"), status.jobName());
        assertEquals(Optional.of(Phase.RUNNING), status.phase());
        assertEquals("2 nodes", status.nodeSummary());
        assertEquals(List.of(NodeResult.expected("a"), NodeResult.expected("b")), status.nodes());
    }

    private static HookStatus alone(HookObserved hook, Phase phase, String message, Instant now) {
        var result = HookProgress.result(hook, Hooks.job(hook, "node-a", phase), message, now);
        return HookProgress.alone(hook, result, now);
    }

    private static NodeResult result(String node, Phase phase, String message, Instant end) {
        return new NodeResult(node, Optional.of("job-" + node), phase, message, Optional.of(end));
    }
}
