package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.NodeResult;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Takes one hook as far as it goes now: plan, act, look again. For one thread. */
final class HookSteps {
    /** Nodes of one hook (schema, {@code status.nodes}): all results share an object of at most 1.5 MiB. */
    static final int MAX_NODES = 2_000;
    /** More steps than any hook needs; beyond it something else writes against us, and a pause does good. */
    private static final int MAX_STEPS = 10;

    /** The three sides of the cluster. */
    record Ports(HookObjects objects, HookJobs jobs, HookSurroundings surroundings) {}

    private final Ports ports;
    private final KnownHooks known;
    private final HookPlan.Agent agent;
    private final HookTelling telling;
    private final Clock clock;

    HookSteps(Ports ports, KnownHooks known, HookPlan.Agent agent, HookTelling telling, Clock clock) {
        this.ports = ports;
        this.known = known;
        this.agent = agent;
        this.telling = telling;
        this.clock = clock;
    }

    /**
     * Goes on with a hook until there is nothing to do now.
     *
     * @param again the last try failed, so the same failure is no news
     * @throws ClusterFault when the API server did not do its part; to be tried again
     */
    void take(String name, boolean again) throws ClusterFault {
        var hook = known.hook(name);
        if (hook.isEmpty()) {
            // A server that was restored from a backup may never come to the version.
            var version = again ? Optional.<String>empty() : known.version(name);
            hook = version.isPresent()
                    ? ports.objects().find(name, version.get())
                    : ports.objects().find(name);
        }
        for (var step = 0; step < MAX_STEPS; step++) {
            if (hook.isEmpty()) {
                return;
            }
            known.crowd(hook.get());
            var next = plan(hook.get());
            if (next.isEmpty()) {
                return;
            }
            hook = act(hook.get(), next.get(), again);
        }
        throw new ClusterFault(
                ClusterFault.Kind.UNAVAILABLE, "PlexdHook " + name + " changes faster than it can be followed", null);
    }

    /** Whether there is anything to do for a hook as it was just read. */
    boolean concerns(HookObserved hook) {
        return plan(hook).isPresent();
    }

    private Optional<HookAction> plan(HookObserved hook) {
        return HookPlan.between(agent, hook, known.job(hook, agent.node())).next();
    }

    /** One action; the hook after it, or nothing when it is for another node to go on. */
    private Optional<HookObserved> act(HookObserved hook, HookAction action, boolean again) throws ClusterFault {
        return switch (action) {
            case HookAction.Refuse(var refusal) -> refuse(hook, refusal, again);
            case HookAction.ListNodes(var labels) -> begin(hook, labels, again);
            case HookAction.CreateJob(var desired) ->
                known.lost(hook, agent.node()) ? lookFor(hook, desired.name(), again) : create(hook, desired, again);
            case HookAction.Report(var job) -> report(hook, job, again);
            case HookAction.LookForJob(var job) -> lookFor(hook, job, again);
            case HookAction.Close _ -> {
                var closed = write(hook, HookProgress.closed(hook, clock.instant()), again);
                closed.ifPresent(telling::closed);
                yield closed.isPresent() ? closed : reread(hook);
            }
        };
    }

    private Optional<HookObserved> refuse(HookObserved hook, HookRules.Refusal refusal, boolean again)
            throws ClusterFault {
        var written = write(hook, HookProgress.refused(hook, refusal, clock.instant()), again);
        written.ifPresent(refused -> telling.refused(refused, refusal));
        return written.isPresent() ? written : reread(hook);
    }

    private Optional<HookObserved> begin(HookObserved hook, Map<String, String> labels, boolean again)
            throws ClusterFault {
        var nodes = ports.surroundings().nodes(labels, MAX_NODES);
        if (nodes.isEmpty()) {
            return refuse(hook, new HookRules.Refusal("NoNodes", "spec.nodeSelector: no node has these labels"), again);
        }
        if (nodes.size() > MAX_NODES) {
            var message = "spec.nodeSelector: more than " + MAX_NODES + " nodes have these labels, split the hook";
            return refuse(hook, new HookRules.Refusal("TooManyNodes", message), again);
        }
        var written = write(hook, HookProgress.begun(hook, nodes, clock.instant()), again);
        written.ifPresent(telling::begun);
        return written.isPresent() ? written : reread(hook);
    }

    private Optional<HookObserved> create(HookObserved hook, HookDesired desired, boolean again) throws ClusterFault {
        try {
            return switch (ports.jobs().create(desired)) {
                case HookJobs.Creation.Created(var job) -> {
                    known.putIfNew(job);
                    telling.created(hook, job);
                    yield Optional.of(hook);
                }
                case HookJobs.Creation.Exists(var job) -> found(hook, job, again);
            };
        } catch (ClusterFault fault) {
            telling.notCreated(hook, String.valueOf(fault.getMessage()), again);
            if (fault.kind() == ClusterFault.Kind.UNAVAILABLE) {
                throw fault;
            }
            return failed(hook, desired.name(), String.valueOf(fault.getMessage()), again);
        }
    }

    /** A Job of the name is there: ours from before a restart, another node's that was faster, or a stranger's. */
    private Optional<HookObserved> found(HookObserved hook, JobObserved job, boolean again) throws ClusterFault {
        telling.exists(hook, job);
        if (!job.belongsTo(hook)) {
            return taken(hook, job, again);
        }
        if (job.node().equals(agent.node())) {
            known.putIfNew(job);
            return Optional.of(hook);
        }
        // The seed wants the status set here too: whoever made the Job may have died before it said so.
        var result = HookProgress.result(hook, job, "", clock.instant());
        write(hook, HookProgress.alone(hook, result, clock.instant()), again);
        return Optional.empty();
    }

    private Optional<HookObserved> taken(HookObserved hook, JobObserved job, boolean again) throws ClusterFault {
        if (job.ownerKind().equals("PlexdHook") && job.ownerName().equals(hook.name())) {
            // Of a hook of this name that was deleted: the garbage collector comes for it.
            throw new ClusterFault(
                    ClusterFault.Kind.UNAVAILABLE, "Job " + job.name() + " of an earlier hook is still there", null);
        }
        var message = "Job " + job.name() + " belongs to something else, choose another name for the PlexdHook";
        telling.notCreated(hook, message, again);
        return failed(hook, job.name(), message, again);
    }

    private Optional<HookObserved> failed(HookObserved hook, String job, String message, boolean again)
            throws ClusterFault {
        var now = clock.instant();
        var written = hook.spec().target() instanceof Target.Labelled
                ? writeResult(
                        hook,
                        new NodeResult(
                                agent.node(),
                                Optional.empty(),
                                Phase.FAILED,
                                FailureText.line(message),
                                Optional.of(now)),
                        again)
                : write(hook, HookProgress.notCreated(hook, message, now), again);
        written.ifPresent(after -> telling.ended(
                after, new NodeResult(agent.node(), Optional.of(job), Phase.FAILED, message, Optional.of(now))));
        return written.isPresent() ? written : reread(hook);
    }

    private Optional<HookObserved> report(HookObserved hook, JobObserved job, boolean again) throws ClusterFault {
        var message =
                job.phase() == Phase.FAILED ? FailureText.of(job, ports.jobs().pod(job)) : job.message();
        var now = clock.instant();
        var result = HookProgress.result(hook, job, message, now);
        var written = hook.spec().target() instanceof Target.Labelled
                ? writeResult(hook, result, again)
                : write(hook, HookProgress.alone(hook, result, now), again);
        if (result.isFinal()) {
            written.ifPresent(after -> telling.ended(after, result));
        }
        return written.isPresent() ? written : reread(hook);
    }

    private Optional<HookObserved> lookFor(HookObserved hook, String name, boolean again) throws ClusterFault {
        var found = ports.jobs().find(name).filter(job -> job.belongsTo(hook));
        if (found.isPresent() && found.get().node().equals(agent.node())) {
            known.put(found.get());
            return Optional.of(hook);
        }
        var now = clock.instant();
        var result = new NodeResult(
                agent.node(), Optional.of(name), Phase.FAILED, "the Job was deleted before it ended", Optional.of(now));
        var written = hook.spec().target() instanceof Target.Labelled
                ? writeResult(hook, result, again)
                : write(hook, HookProgress.alone(hook, result, now), again);
        written.ifPresent(after -> telling.ended(after, result));
        return written.isPresent() ? written : reread(hook);
    }

    private Optional<HookObserved> reread(HookObserved hook) throws ClusterFault {
        telling.overtaken();
        return ports.objects().find(hook.name());
    }

    private Optional<HookObserved> write(HookObserved hook, HookStatus status, boolean again) throws ClusterFault {
        return written(hook, again, () -> ports.objects().writeStatus(hook, status));
    }

    private Optional<HookObserved> writeResult(HookObserved hook, NodeResult result, boolean again)
            throws ClusterFault {
        return written(hook, again, () -> ports.objects().writeResult(hook, result));
    }

    private Optional<HookObserved> written(HookObserved hook, boolean again, Write write) throws ClusterFault {
        try {
            var after = write.run();
            after.ifPresent(now -> {
                telling.written();
                known.replace(hook, now);
            });
            return after;
        } catch (ClusterFault fault) {
            telling.notWritten(hook.name(), String.valueOf(fault.getMessage()), again);
            throw fault;
        }
    }

    /** A write that may fail. */
    @FunctionalInterface
    private interface Write {
        Optional<HookObserved> run() throws ClusterFault;
    }
}
