package io.nodeplane.plexd.state;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.CredentialRejected;
import io.nodeplane.plexd.http.Outage;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Backoff;
import io.nodeplane.runtime.retry.Sleeper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls the desired state, applies what differs from the last applied one, and reports the corrections (facts 4.1).
 *
 * <p>The first cycle runs at once, the next after an interval or a trigger. Parts of the state that a handler could not apply
 * stay different and are tried again in the next cycle; the other parts are not held up. {@link #trigger} and the readers
 * are thread-safe, the rest belongs to one thread.
 */
public final class Reconciler implements Worker.Body, ReconcileTrigger {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final NodeStates states;
    private final List<StateHandler> handlers;
    private final Duration interval;
    private final CredentialRejected rejected;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final StateMetrics metrics;
    private final UnreportedDrift drift;
    private final Outage outage = new Outage(LOG, "state");
    private final BlockingQueue<String> pending = new ArrayBlockingQueue<>(1);
    private final CountDownLatch firstPull = new CountDownLatch(1);
    private final Set<String> failingHandlers = new HashSet<>();
    private final Set<String> informed = new HashSet<>();
    private NodeState applied = NodeState.EMPTY;
    private volatile boolean healthy = true;

    /**
     * Applies nothing yet.
     *
     * @param drifts absent when the control plane wants to hear of no corrections
     * @param handlers in the order in which they are to run
     * @param interval from the end of one cycle to the start of the next
     */
    public Reconciler(
            NodeStates states,
            Optional<DriftReports> drifts,
            List<StateHandler> handlers,
            Duration interval,
            CredentialRejected rejected,
            Clock clock,
            Sleeper sleeper,
            RandomGenerator random,
            StateMetrics metrics) {
        this.states = states;
        this.handlers = List.copyOf(handlers);
        this.interval = interval;
        this.rejected = rejected;
        this.sleeper = sleeper;
        this.random = random;
        this.metrics = metrics;
        drift = new UnreportedDrift(drifts, rejected, clock, metrics);
    }

    @Override
    public void run() throws InterruptedException {
        while (true) {
            var reason = pending.poll(cycle().toNanos(), TimeUnit.NANOSECONDS);
            if (reason != null) {
                LOG.atDebug().addKeyValue("reason", reason).log("reconcile was asked for");
            }
        }
    }

    @Override
    public void trigger(String reason) {
        // A full queue means that a cycle is due anyway: that is the coalescing.
        var _ = pending.offer(reason);
    }

    /** Waits until the state was pulled once, or the time is over. */
    public void awaitFirstPull(Duration atMost) throws InterruptedException {
        var _ = firstPull.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** False while the last pull failed or a handler fails. */
    public boolean healthy() {
        return healthy;
    }

    /** One cycle; tells how long to wait for the next. */
    Duration cycle() throws InterruptedException {
        try {
            var desired = states.fetch();
            outage.ended();
            apply(desired);
            firstPull.countDown();
            healthy = failingHandlers.isEmpty();
            metrics.cycle(healthy ? "ok" : "handler_failed");
            drift.report();
            return interval;
        } catch (ApiException failure) {
            return failed(failure);
        }
    }

    private Duration failed(ApiException failure) throws InterruptedException {
        healthy = false;
        outage.failed(failure);
        metrics.cycle(failure.kind());
        if (failure instanceof ApiException.Unauthorized) {
            rejected.credentialRejected("state");
        }
        // Slept, not waited: a trigger must not shorten the pause that the server asked for.
        sleeper.sleep(failure.retryAfter().orElse(Duration.ZERO));
        var delay = Backoff.CONTROL_PLANE.delay(outage.failures(), random);
        return delay.compareTo(interval) < 0 ? delay : interval;
    }

    private void apply(NodeState desired) throws InterruptedException {
        var diff = StateDiff.between(applied, desired);
        var settled = EnumSet.noneOf(StateCategory.class);
        settled.addAll(diff.categories());
        for (var handler : handlers) {
            var concerned = concerned(diff, handler);
            // What an earlier process applied is not known: every handler hears the first state, though nothing be
            // wanted.
            if (concerned.isEmpty() && informed.contains(handler.name())) {
                continue;
            }
            if (handled(handler, desired)) {
                informed.add(handler.name());
            } else {
                settled.removeAll(concerned);
            }
        }
        if (diff.isEmpty()) {
            return;
        }
        applied = applied.with(settled, desired);
        var corrections = diff.corrections(settled);
        drift.add(corrections);
        if (!settled.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("parts", settled)
                    .addKeyValue("corrections", corrections.size())
                    .log("state applied");
        }
    }

    private static Set<StateCategory> concerned(StateDiff diff, StateHandler handler) {
        var both = EnumSet.noneOf(StateCategory.class);
        both.addAll(diff.categories());
        both.retainAll(handler.categories());
        return both;
    }

    /** Whether the handler did its work; a bug in one must not stop the others. */
    private boolean handled(StateHandler handler, NodeState desired) throws InterruptedException {
        try {
            handler.handle(desired);
            if (failingHandlers.remove(handler.name())) {
                LOG.atInfo().addKeyValue("handler", handler.name()).log("state handler works again");
            }
            return true;
        } catch (IOException | RuntimeException failure) {
            var isNews = failingHandlers.add(handler.name());
            var level = isNews ? LOG.atWarn().setCause(failure) : LOG.atDebug();
            level.addKeyValue("handler", handler.name())
                    .addKeyValue("reason", failure.toString())
                    .log("state handler failed, will be tried again");
            return false;
        }
    }
}
