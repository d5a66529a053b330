package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.NodeResult;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.util.Optional;

/** What one node's agent does next for a hook; empty means nothing. */
record HookPlan(Optional<HookAction> next) {
    /**
     * Nodes up to which every step is told. Each write carries the whole list: with 1,000 nodes it costs a tenth of a second
     * and more, so there only the result is told, once.
     */
    static final int TOLD_STEP_BY_STEP = 50;

    /** Whether a hook has so many nodes that only the end on each is told. */
    static boolean tellsEndsOnly(int nodes) {
        return nodes > TOLD_STEP_BY_STEP;
    }

    private static final HookPlan NOTHING = new HookPlan(Optional.empty());

    /**
     * Who plans.
     *
     * @param node Kubernetes name of the agent's node
     * @param namespace of hooks and Jobs
     */
    record Agent(String node, String namespace, HookRules rules) {}

    /**
     * Compares.
     *
     * @param job this node's Job of this hook, if it is known
     */
    static HookPlan between(Agent agent, HookObserved hook, Optional<JobObserved> job) {
        if (hook.deleting()) {
            return NOTHING;
        }
        return switch (hook.spec().target()) {
            case Target.AnyNode _ -> alone(agent, hook, job);
            case Target.OneNode(var name) -> name.equals(agent.node()) ? alone(agent, hook, job) : NOTHING;
            case Target.Labelled(var labels) ->
                hook.hasBegun() ? amongMany(agent, hook, job) : begin(agent, hook, new HookAction.ListNodes(labels));
        };
    }

    private static HookPlan alone(Agent agent, HookObserved hook, Optional<JobObserved> job) {
        if (job.isPresent()) {
            return follow(agent, hook, job.get());
        }
        if (hook.hasBegun()) {
            return hook.status().on(agent.node()).map(HookPlan::withoutJob).orElse(NOTHING);
        }
        return begin(agent, hook, create(agent, hook));
    }

    private static HookPlan amongMany(Agent agent, HookObserved hook, Optional<JobObserved> job) {
        if (hook.status().isFinal()) {
            return NOTHING;
        }
        if (hook.status().isFinalEverywhere()) {
            return of(new HookAction.Close());
        }
        var own = hook.status().on(agent.node());
        if (own.isEmpty()) {
            return NOTHING;
        }
        if (job.isPresent()) {
            var silent = tellsEndsOnly(hook.status().nodes().size())
                    && !job.get().phase().isFinal();
            return silent ? NOTHING : follow(agent, hook, job.get());
        }
        return own.get().jobName().isPresent() || own.get().isFinal() ? withoutJob(own.get()) : of(create(agent, hook));
    }

    private static HookPlan begin(Agent agent, HookObserved hook, HookAction first) {
        if (hook.isGivenUp()) {
            return NOTHING;
        }
        return of(agent.rules()
                .refusal(hook.spec())
                .<HookAction>map(HookAction.Refuse::new)
                .orElse(first));
    }

    private static HookAction create(Agent agent, HookObserved hook) {
        return new HookAction.CreateJob(HookDesired.from(hook, agent.namespace(), agent.node()));
    }

    private static HookPlan withoutJob(NodeResult result) {
        if (result.isFinal() || result.jobName().isEmpty()) {
            return NOTHING;
        }
        return of(new HookAction.LookForJob(result.jobName().get()));
    }

    private static HookPlan follow(Agent agent, HookObserved hook, JobObserved job) {
        var told = hook.status().on(agent.node());
        if (told.isEmpty() || told.get().jobName().isEmpty()) {
            return of(new HookAction.Report(job));
        }
        var result = told.get();
        var waitsForSomethingElse = result.phase() == Phase.PENDING
                && !job.message().isEmpty()
                && !job.message().equals(result.message());
        var further = job.phase().orLater(result.phase()) != result.phase();
        return !result.isFinal() && (further || waitsForSomethingElse) ? of(new HookAction.Report(job)) : NOTHING;
    }

    private static HookPlan of(HookAction action) {
        return new HookPlan(Optional.of(action));
    }
}
