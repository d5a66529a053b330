package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.plexd.hooks.HookSpec.Parameter;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.NodeResult;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is to be done next for a hook (seed "PlexdHook CRD Reference"). */
class HookPlanTest {
    private static final HookPlan.Agent AGENT = new HookPlan.Agent("node-a", "plexd-system", Hooks.RULES);
    private static final HookObserved ANY = Hooks.hook("any", Hooks.spec(new Target.AnyNode()));
    private static final HookObserved MINE = Hooks.hook("mine", Hooks.spec(new Target.OneNode("node-a")));
    private static final HookObserved OTHERS = Hooks.hook("others", Hooks.spec(new Target.OneNode("node-b")));
    private static final HookObserved MANY = Hooks.hook("many", Hooks.spec(Hooks.SSD));
    private static final HookObserved COLLIDING = Hooks.hook(
            "colliding", Hooks.spec(new Target.AnyNode(), new Parameter("a-b", "1"), new Parameter("a_b", "2")));

    static Stream<Arguments> rows() {
        var refusal =
                new HookAction.Refuse(Hooks.RULES.refusal(COLLIDING.spec()).orElseThrow());
        var listed = begun(MANY, "node-a", "node-b");
        return Stream.of(
                row("a hook for any node gets its Job", ANY, create(ANY)),
                row("a hook for this node gets its Job", MINE, create(MINE)),
                row("a hook for another node is left alone", OTHERS, null),
                row(
                        "a hook with a selector first gets its nodes",
                        MANY,
                        new HookAction.ListNodes(Map.of("disk", "ssd"))),
                row("colliding parameters are refused", COLLIDING, refusal),
                row("a refused hook is not refused again", refused(COLLIDING, 1), null),
                row(
                        "a refused hook whose spec has changed is looked at again",
                        refused(ANY, 0),
                        create(refused(ANY, 0))),
                row("a hook that is being deleted is left alone", deleting(ANY), null),
                row("another node's hook that has begun is left alone", told(ANY, "node-b", Phase.PENDING), null),
                row(
                        "a Job is told that the status does not tell yet",
                        ANY,
                        job(ANY, Phase.PENDING),
                        new HookAction.Report(job(ANY, Phase.PENDING))),
                row("a Job is not told twice", told(ANY, "node-a", Phase.PENDING), job(ANY, Phase.PENDING), null),
                row(
                        "a Job that went on is told",
                        told(ANY, "node-a", Phase.PENDING),
                        job(ANY, Phase.RUNNING),
                        new HookAction.Report(job(ANY, Phase.RUNNING))),
                row(
                        "a pod that is no longer ready is no step back",
                        told(ANY, "node-a", Phase.RUNNING),
                        job(ANY, Phase.PENDING),
                        null),
                row(
                        "what a pod waits for is told",
                        told(ANY, "node-a", Phase.PENDING),
                        job(ANY, Phase.PENDING).saying("ErrImagePull"),
                        new HookAction.Report(job(ANY, Phase.PENDING).saying("ErrImagePull"))),
                row("what is over stays as it is", told(ANY, "node-a", Phase.FAILED), job(ANY, Phase.SUCCEEDED), null),
                row(
                        "a Job that is not known is looked for",
                        told(ANY, "node-a", Phase.RUNNING),
                        new HookAction.LookForJob("plexdhook-any")),
                row("a Job that went after its end is no loss", told(ANY, "node-a", Phase.SUCCEEDED), null),
                row("a listed node makes its Job", listed, create(listed)),
                row("a node that is not listed does nothing", begun(MANY, "node-b"), null),
                row(
                        "a listed node tells how far its Job is",
                        listed,
                        job(listed, Phase.RUNNING),
                        new HookAction.Report(job(listed, Phase.RUNNING))),
                row("among very many nodes a step is not told", crowd(), job(crowd(), Phase.RUNNING), null),
                row(
                        "among very many nodes the result is told",
                        crowd(),
                        job(crowd(), Phase.SUCCEEDED),
                        new HookAction.Report(job(crowd(), Phase.SUCCEEDED))),
                row("a node that is done waits for the others", with(listed, "node-a", Phase.SUCCEEDED), null),
                row(
                        "the last one closes",
                        with(with(listed, "node-a", Phase.SUCCEEDED), "node-b", Phase.FAILED),
                        new HookAction.Close()),
                row(
                        "a node without part closes too",
                        with(begun(MANY, "node-b"), "node-b", Phase.FAILED),
                        new HookAction.Close()),
                row("nobody closes twice", closed(with(begun(MANY, "node-a"), "node-a", Phase.SUCCEEDED)), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void plans(String description, HookObserved hook, Optional<JobObserved> job, Optional<HookAction> expected) {
        assertEquals(expected, HookPlan.between(AGENT, hook, job).next());
    }

    private static Arguments row(String description, HookObserved hook, @Nullable HookAction expected) {
        return Arguments.of(description, hook, Optional.empty(), Optional.ofNullable(expected));
    }

    private static Arguments row(
            String description, HookObserved hook, JobObserved job, @Nullable HookAction expected) {
        return Arguments.of(description, hook, Optional.of(job), Optional.ofNullable(expected));
    }

    private static HookAction create(HookObserved hook) {
        return new HookAction.CreateJob(HookDesired.from(hook, "plexd-system", "node-a"));
    }

    private static JobObserved job(HookObserved hook, Phase phase) {
        return Hooks.job(hook, "node-a", phase);
    }

    private static HookObserved told(HookObserved hook, String node, Phase phase) {
        var result = HookProgress.result(hook, Hooks.job(hook, node, phase), "", Hooks.NOW);
        return Hooks.hook(hook.name(), hook.spec(), HookProgress.alone(hook, result, Hooks.NOW));
    }

    private static HookObserved begun(HookObserved hook, String... nodes) {
        return Hooks.hook(hook.name(), hook.spec(), HookProgress.begun(hook, List.of(nodes), Hooks.NOW));
    }

    private static HookObserved crowd() {
        var others = IntStream.range(0, HookPlan.TOLD_STEP_BY_STEP).mapToObj(i -> "other-" + i);
        return begun(MANY, Stream.concat(Stream.of("node-a"), others).toArray(String[]::new));
    }

    private static HookObserved with(HookObserved hook, String node, Phase phase) {
        var result = new NodeResult(node, Optional.of("job-" + node), phase, "", Optional.of(Hooks.NOW));
        return Hooks.hook(hook.name(), hook.spec(), hook.status().with(result));
    }

    private static HookObserved closed(HookObserved hook) {
        return Hooks.hook(hook.name(), hook.spec(), HookProgress.closed(hook, Hooks.NOW));
    }

    private static HookObserved refused(HookObserved hook, long generation) {
        var seen = new HookObserved(hook.name(), hook.uid(), generation, "1", false, hook.spec(), HookStatus.NONE);
        var status = HookProgress.refused(seen, new HookRules.Refusal("Reason", "message"), Hooks.NOW);
        return Hooks.hook(hook.name(), hook.spec(), status);
    }

    private static HookObserved deleting(HookObserved hook) {
        return new HookObserved(hook.name(), hook.uid(), 1, "1", true, hook.spec(), hook.status());
    }
}
