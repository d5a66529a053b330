package io.nodeplane.plexd.heartbeat;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.CredentialRejected;
import io.nodeplane.plexd.http.Outage;
import io.nodeplane.plexd.rotation.RotationTrigger;
import io.nodeplane.plexd.state.ReconcileTrigger;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Sleeper;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a heartbeat at once and then on every tick (protocol facts 5.1).
 *
 * <p>Ticks that pass while a heartbeat hangs are skipped, never made up for; a failed one is not retried before the next tick.
 * Confined to one thread.
 */
public final class HeartbeatLoop implements Worker.Body {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatLoop.class);

    private final Heartbeats heartbeats;
    private final Supplier<Heartbeat> vitals;
    private final Duration interval;
    private final ReconcileTrigger reconcile;
    private final RotationTrigger rotation;
    private final CredentialRejected rejected;
    private final HeartbeatMetrics metrics;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;
    private final Outage outage = new Outage(LOG, "heartbeat");

    /** Sends nothing yet. */
    public HeartbeatLoop(
            Heartbeats heartbeats,
            Supplier<Heartbeat> vitals,
            Duration interval,
            ReconcileTrigger reconcile,
            RotationTrigger rotation,
            CredentialRejected rejected,
            HeartbeatMetrics metrics) {
        this(heartbeats, vitals, interval, reconcile, rotation, rejected, metrics, System::nanoTime, Sleeper.REAL);
    }

    /** With a time of its own, for tests. */
    HeartbeatLoop(
            Heartbeats heartbeats,
            Supplier<Heartbeat> vitals,
            Duration interval,
            ReconcileTrigger reconcile,
            RotationTrigger rotation,
            CredentialRejected rejected,
            HeartbeatMetrics metrics,
            LongSupplier nanoTime,
            Sleeper sleeper) {
        this.heartbeats = heartbeats;
        this.vitals = vitals;
        this.interval = interval;
        this.reconcile = reconcile;
        this.rotation = rotation;
        this.rejected = rejected;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
    }

    @Override
    public void run() throws InterruptedException {
        var first = nanoTime.getAsLong();
        while (true) {
            var pause = beat();
            sleeper.sleep(max(pause, untilNextTick(nanoTime.getAsLong() - first)));
        }
    }

    /** Sends one heartbeat; tells the pause that the server asked for. */
    private Duration beat() throws InterruptedException {
        try {
            var answer = heartbeats.send(vitals.get());
            outage.ended();
            metrics.sent("ok");
            react(answer);
            return Duration.ZERO;
        } catch (ApiException failure) {
            outage.failed(failure);
            metrics.sent(failure.kind());
            if (failure instanceof ApiException.Unauthorized) {
                rejected.credentialRejected("heartbeat");
            }
            return failure.retryAfter().orElse(Duration.ZERO);
        }
    }

    private void react(HeartbeatAnswer answer) {
        if (answer.rotateKeys()) {
            rotation.rotate("heartbeat: rotate keys");
        }
        if (answer.reconcile()) {
            reconcile.trigger("heartbeat: reconcile");
        }
    }

    private Duration untilNextTick(long sinceFirst) {
        return Duration.ofNanos(interval.toNanos() - sinceFirst % interval.toNanos());
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
