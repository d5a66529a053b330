package io.nodeplane.plexd.hooks;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Follows PlexdHooks and this node's Jobs (seed "PlexdHookController"). Level-based: whatever happened, a hook is looked at
 * as it is now, so it makes no difference whether the agent was there all the time.
 */
public final class HookController implements Part {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.25);
    /** Between two looks at the pods of Jobs that do not end; an image that cannot be pulled is told that late at most. */
    private static final Duration POD_LOOK = Duration.ofSeconds(10);

    /**
     * Settings of one controller.
     *
     * @param node Kubernetes name of this node
     * @param namespace of hooks and Jobs
     * @param sweep time between two looks for hooks that began while this agent was away
     */
    public record Settings(String node, String namespace, HookRules rules, Pace pace, Duration sweep) {
        /** With the usual times. */
        public static Settings of(String node, String namespace, HookRules rules) {
            return new Settings(node, namespace, rules, Pace.USUAL, Duration.ofMinutes(5));
        }
    }

    private final HookSteps.Ports ports;
    private final Settings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final Worker worker;
    private final Agenda agenda = new Agenda();
    private final KnownHooks known = new KnownHooks();
    private final HookTelling telling;
    private final HookSteps steps;
    private final Map<String, Integer> failures = new HashMap<>();
    private final List<HookObjects.Watch> watches = new ArrayList<>();
    private final AtomicReference<ClusterFault.@Nullable Kind> told = new AtomicReference<>();
    private final AtomicReference<Instant> nextSweep;
    private Instant nextPodLook;
    private int failedSweeps;

    HookController(
            HookSteps.Ports ports,
            Settings settings,
            Clock clock,
            RandomGenerator random,
            HookMetrics metrics,
            Runnable onDeath) {
        this.ports = ports;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.telling = new HookTelling(ports.surroundings(), metrics, settings.node());
        var agent = new HookPlan.Agent(settings.node(), settings.namespace(), settings.rules());
        this.steps = new HookSteps(ports, known, agent, telling, clock);
        this.worker = new Worker(name(), this::run, onDeath);
        this.nextSweep = new AtomicReference<>(clock.instant());
        this.nextPodLook = clock.instant();
    }

    /** A controller over a real API server. */
    public static HookController over(
            KubernetesClient client,
            Settings settings,
            Clock clock,
            RandomGenerator random,
            HookMetrics metrics,
            Runnable onDeath) {
        var ports = new HookSteps.Ports(
                new KubernetesHookObjects(client, settings.namespace()),
                new KubernetesHookJobs(client, settings.namespace()),
                new KubernetesSurroundings(client, settings.namespace(), clock));
        return new HookController(ports, settings, clock, random, metrics, onDeath);
    }

    @Override
    public String name() {
        return "hooks";
    }

    @Override
    public void start() {
        watch();
        worker.start();
    }

    @Override
    public void close() {
        worker.close();
        watches.forEach(HookObjects.Watch::close);
    }

    /** Begins to listen; the worker need not run for it. */
    void watch() {
        telling.started(settings.namespace());
        watches.add(ports.jobs().watch(settings.node(), new JobEars()));
        watches.add(ports.objects().watch(settings.node(), new HookEars()));
    }

    private void run() throws InterruptedException {
        while (true) {
            work();
            agenda.await(clock.instant(), untilNextRound());
        }
    }

    /** Does everything that is due. */
    void work() {
        var now = clock.instant();
        if (!now.isBefore(nextSweep.get())) {
            sweep(now);
        }
        if (!now.isBefore(nextPodLook)) {
            nextPodLook = now.plus(POD_LOOK);
            known.unfinishedJobs().filter(job -> !isOneOfMany(job)).forEach(this::lookAtPod);
        }
        agenda.take(now).forEach(this::take);
    }

    private Duration untilNextRound() {
        var now = clock.instant();
        var sweep = nextSweep.get();
        var next = known.unfinishedJobs().findAny().isPresent() && nextPodLook.isBefore(sweep) ? nextPodLook : sweep;
        return Duration.between(now, next);
    }

    private void take(String hook) {
        try {
            steps.take(hook, failures.containsKey(hook));
            failures.remove(hook);
            told.set(null);
        } catch (ClusterFault fault) {
            var count = failures.merge(hook, 1, Integer::sum);
            // Many that fail at the same time fail because they are many.
            var crowd = known.crowd(hook);
            var pause = known.hasJob(hook)
                    ? settings.pace().untilWriteAgain(crowd, count, random)
                    : settings.pace().untilCreate(crowd, random);
            agenda.at(clock.instant().plus(BACKOFF.delay(count, random)).plus(pause), hook);
        }
    }

    /** Finds hooks that began while this agent did not listen; they are no longer among the new ones. */
    private void sweep(Instant now) {
        // Set before the look: what is asked for meanwhile is asked again.
        nextSweep.set(now.plus(Pace.around(settings.sweep(), random)));
        try {
            ports.objects().underWay().stream().filter(steps::concerns).forEach(hook -> found(hook, now));
            failedSweeps = 0;
            told.set(null);
        } catch (ClusterFault fault) {
            tell(fault);
            failedSweeps++;
            sweepBy(now.plus(BACKOFF.delay(failedSweeps, random)));
        }
    }

    /** A Job that is missing is made soon; a result among many waits for its turn. */
    private void found(HookObserved hook, Instant now) {
        known.crowd(hook);
        var hasJob = known.job(hook, settings.node()).isPresent();
        agenda.at(hasJob ? now.plus(untilWrite(hook.name())) : now, hook.name());
    }

    private Duration untilWrite(String hook) {
        return settings.pace().untilWrite(known.crowd(hook), random);
    }

    private boolean isOneOfMany(JobObserved job) {
        return HookPlan.tellsEndsOnly(known.crowd(job.ownerName()));
    }

    private void sweepBy(Instant time) {
        nextSweep.accumulateAndGet(time, (one, other) -> one.isBefore(other) ? one : other);
    }

    private void lookAtPod(JobObserved job) {
        try {
            ports.jobs()
                    .pod(job)
                    .map(PodObserved::waiting)
                    .map(FailureText::line)
                    .filter(waiting -> !waiting.isEmpty() && !waiting.equals(job.message()))
                    .ifPresent(waiting -> {
                        known.replace(job, job.saying(waiting));
                        agenda.at(clock.instant(), job.ownerName());
                    });
        } catch (ClusterFault fault) {
            tell(fault);
        }
    }

    /** Once per kind of fault, so that an outage is one line. */
    private void tell(ClusterFault fault) {
        telling.broken(fault, told.getAndSet(fault.kind()) == fault.kind());
    }

    /** What the watch of hooks tells. */
    private final class HookEars implements HookObjects.Listener {
        @Override
        public void changed(HookObserved hook) {
            known.put(hook);
            var ours = hook.spec().target() instanceof Target.OneNode;
            agenda.at(
                    clock.instant().plus(ours ? Duration.ZERO : settings.pace().untilFirst(random)), hook.name());
        }

        @Override
        public void listed() {
            // What has begun since the last event is in no list of new hooks and was never told to have left it.
            sweepBy(clock.instant().plus(settings.pace().untilLook(random)));
            agenda.wake();
        }

        @Override
        public void left(HookObserved hook) {
            known.remove(hook);
            if (hook.spec().target() instanceof Target.Labelled) {
                // Somebody may have listed the nodes, and this one among them. It is too late to be first.
                agenda.forget(hook.name());
                agenda.at(clock.instant().plus(settings.pace().untilLook(random)), hook.name());
            } else if (known.job(hook, settings.node()).isEmpty()) {
                // Another node was first; otherwise a thousand agents would ask the server what became of the hook.
                agenda.forget(hook.name());
            }
        }

        @Override
        public void broken(ClusterFault fault) {
            tell(fault);
        }
    }

    /** What the watch of Jobs tells. */
    private final class JobEars implements HookJobs.Listener {
        @Override
        public void changed(JobObserved job) {
            known.put(job);
            // Among many only the end is told, and each look costs the server the whole list.
            if (job.phase().isFinal() || !isOneOfMany(job)) {
                agenda.at(clock.instant().plus(untilWrite(job.ownerName())), job.ownerName());
            }
        }

        @Override
        public void gone(JobObserved job) {
            known.remove(job);
            agenda.at(clock.instant().plus(untilWrite(job.ownerName())), job.ownerName());
        }

        @Override
        public void broken(ClusterFault fault) {
            tell(fault);
        }
    }
}
