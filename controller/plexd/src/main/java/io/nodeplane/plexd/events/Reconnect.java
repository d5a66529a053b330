package io.nodeplane.plexd.events;

import io.nodeplane.plexd.events.StreamState.Mode;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.runtime.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to connect again and what to do meanwhile (protocol facts 3.6). Pure but for the random jitter; the time is
 * told. Not thread-safe.
 */
final class Reconnect {
    /** Without a working stream for this long the state is pulled instead. */
    static final Duration POLL_AFTER = Duration.ofMinutes(5);

    /** Pause between polls, and between attempts while polling. */
    static final Duration POLL_INTERVAL = Duration.ofSeconds(60);

    /** Pause after 403, 404 and the like: only a change at the control plane helps. */
    static final Duration REFUSED_PAUSE = Duration.ofMinutes(10);

    /** A connection that lived this long was good; a shorter one is a failure, or a proxy would see a hot loop. */
    static final Duration GOOD_LIFE = Duration.ofSeconds(30);

    /** What to do next. */
    record Plan(Mode mode, Duration pause, String reason) {}

    private final RandomGenerator random;
    private final Duration reprobe;
    private int failures;
    private @Nullable Instant failingSince;

    /**
     * Nothing failed yet.
     *
     * @param reprobe pause between attempts while the control plane offers no stream
     */
    Reconnect(RandomGenerator random, Duration reprobe) {
        this.random = random;
        this.reprobe = reprobe;
    }

    /** After a stream that was open has ended. */
    Plan ended(Instant openedAt, Instant now, Optional<Duration> retry, String reason) {
        if (!now.isBefore(openedAt.plus(GOOD_LIFE))) {
            failures = 0;
            failingSince = null;
        }
        // A slip of the pen must not silence a node for days.
        return next(now, min(retry.orElse(Duration.ZERO), POLL_INTERVAL), reason);
    }

    /** After a stream could not be opened. */
    Plan failed(Instant now, ApiException failure) {
        if (failure instanceof ApiException.Rejected refused && refused.status() != 400) {
            noteFailure(now);
            return new Plan(Mode.REFUSED, REFUSED_PAUSE, failure.kind());
        }
        if (failure.isNotProvisioned()) {
            noteFailure(now);
            return new Plan(Mode.PULL_ONLY, reprobe, "not provisioned");
        }
        return next(now, failure.retryAfter().orElse(Duration.ZERO), failure.kind());
    }

    private Plan next(Instant now, Duration atLeast, String reason) {
        var since = noteFailure(now);
        if (!now.isBefore(since.plus(POLL_AFTER))) {
            return new Plan(Mode.POLLING, max(POLL_INTERVAL, atLeast), reason);
        }
        return new Plan(Mode.CONNECTING, max(Backoff.CONTROL_PLANE.delay(failures, random), atLeast), reason);
    }

    private Instant noteFailure(Instant now) {
        failures++;
        var since = failingSince == null ? now : failingSince;
        failingSince = since;
        return since;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
