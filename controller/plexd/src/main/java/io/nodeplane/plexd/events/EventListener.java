package io.nodeplane.plexd.events;

import io.nodeplane.plexd.actions.ActionRequests;
import io.nodeplane.plexd.events.StreamState.Mode;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.CredentialRejected;
import io.nodeplane.plexd.http.Outage;
import io.nodeplane.plexd.rotation.RotationTrigger;
import io.nodeplane.plexd.state.ReconcileTrigger;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Sleeper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one event stream open for ever: connect, read, wait as {@link Reconnect} says, and pull the state by polling while
 * there is no stream (protocol facts 3.6). {@link #streamState} is thread-safe, the rest belongs to one thread.
 */
public final class EventListener implements Worker.Body {
    private static final Logger LOG = LoggerFactory.getLogger(EventListener.class);

    /** What must have happened before the first connection: a state pull, which brings the keys of today (facts 4.4). */
    @FunctionalInterface
    public interface Gate {
        /** Blocks until then, or until waiting makes no sense. */
        void await() throws InterruptedException;
    }

    /** The outside of the listener. */
    public record Ports(
            EventStreams streams,
            EventCodec codec,
            EventCursors cursors,
            ActionRequests actions,
            RotationTrigger rotation,
            CredentialRejected rejected) {}

    private final Ports ports;
    private final SigningKeyRing keys;
    private final ReconcileTrigger reconcile;
    private final Gate gate;
    private final Clock clock;
    private final Sleeper sleeper;
    private final EventMetrics metrics;
    private final Reconnect reconnect;
    private final Outage outage = new Outage(LOG, "events");
    private volatile StreamState state;

    /**
     * Connects not yet.
     *
     * @param reprobe pause between attempts while the control plane offers no stream ({@code api.sse_reprobe_interval})
     */
    public EventListener(
            Ports ports,
            SigningKeyRing keys,
            ReconcileTrigger reconcile,
            Gate gate,
            Duration reprobe,
            Clock clock,
            Sleeper sleeper,
            RandomGenerator random,
            EventMetrics metrics) {
        this.ports = ports;
        this.keys = keys;
        this.reconcile = reconcile;
        this.gate = gate;
        this.clock = clock;
        this.sleeper = sleeper;
        this.metrics = metrics;
        reconnect = new Reconnect(random, reprobe);
        state = new StreamState(Mode.CONNECTING, clock.instant(), "not yet connected");
    }

    /** How events reach this node now. */
    public StreamState streamState() {
        return state;
    }

    @Override
    public void run() throws InterruptedException {
        gate.await();
        var cursor = new CursorKeeper(new CursorsBehindKeys(ports.cursors(), keys), clock);
        var replays = ports.codec().hasNonces()
                ? Optional.of(new ReplayGuard(EventVerifier.FRESHNESS, EventVerifier.MAX_NONCES, cursor.floor()))
                : Optional.<ReplayGuard>empty();
        var dispatch = new EventDispatch(reconcile, ports.rotation(), keys, ports.actions());
        var verifier = new EventVerifier(keys, replays, clock);
        var reader = new EventReader(ports.codec(), verifier, cursor, dispatch, metrics);
        while (true) {
            pause(attempt(reader, cursor));
        }
    }

    private Reconnect.Plan attempt(EventReader reader, CursorKeeper cursor) throws InterruptedException {
        try {
            var stream = ports.streams().open(cursor.lastEventId());
            metrics.connection("ok");
            outage.ended();
            return follow(stream, reader, cursor);
        } catch (ApiException failure) {
            metrics.connection(failure.kind());
            outage.failed(failure);
            if (failure instanceof ApiException.Unauthorized) {
                ports.rejected().credentialRejected("events");
            }
            if (failure instanceof ApiException.Rejected refused && refused.status() == 400) {
                cursor.forgetId();
            }
            return reconnect.failed(clock.instant(), failure);
        }
    }

    private Reconnect.Plan follow(InputStream stream, EventReader reader, CursorKeeper cursor)
            throws InterruptedException {
        var openedAt = clock.instant();
        enter(Mode.STREAMING, "");
        // What happened while there was no stream was not told.
        reconcile.trigger("event stream connected");
        var reason = "control plane closed the stream";
        try (stream) {
            reader.read(stream);
        } catch (IOException broken) {
            if (Thread.interrupted()) {
                throw new InterruptedException("event stream was stopped");
            }
            reason = "stream broke: " + broken.getMessage();
        } finally {
            cursor.keep();
        }
        LOG.atDebug().addKeyValue("reason", reason).log("event stream ended");
        return reconnect.ended(openedAt, clock.instant(), reader.retry(), reason);
    }

    /** Waits, and pulls the state at every poll interval while there is no stream to be told by. */
    private void pause(Reconnect.Plan plan) throws InterruptedException {
        enter(plan.mode(), plan.reason());
        if (plan.mode() == Mode.CONNECTING) {
            sleeper.sleep(plan.pause());
            return;
        }
        var left = plan.pause();
        while (left.isPositive()) {
            var step = left.compareTo(Reconnect.POLL_INTERVAL) < 0 ? left : Reconnect.POLL_INTERVAL;
            sleeper.sleep(step);
            reconcile.trigger("polling");
            left = left.minus(step);
        }
    }

    private void enter(Mode mode, String reason) {
        if (state.mode() == mode) {
            return;
        }
        var wasDegraded = isDegraded(state.mode());
        state = new StreamState(mode, clock.instant(), reason);
        if (isDegraded(mode)) {
            var level = mode == Mode.PULL_ONLY ? LOG.atInfo() : LOG.atWarn();
            level.addKeyValue("mode", mode)
                    .addKeyValue("reason", reason)
                    .log("no event stream, pulling the state instead");
        } else if (wasDegraded && mode == Mode.STREAMING) {
            LOG.atInfo().log("event stream is back");
        }
    }

    private static boolean isDegraded(Mode mode) {
        return mode == Mode.POLLING || mode == Mode.REFUSED || mode == Mode.PULL_ONLY;
    }
}
