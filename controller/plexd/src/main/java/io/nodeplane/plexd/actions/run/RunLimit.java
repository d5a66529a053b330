package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long an execution may run (protocol facts 8.1 and 8.3). */
final class RunLimit {
    private RunLimit() {}

    /**
     * The least of what the request, else the hook, wants, of the configured maximum, and of the time until the request expires; never
     * negative.
     *
     * @param declared by the hook's sidecar
     */
    static Duration of(Execution request, Optional<Duration> declared, Duration max, Instant now) {
        var wanted = request.timeout().filter(Duration::isPositive).or(() -> declared.filter(Duration::isPositive));
        var limit = wanted.filter(asked -> asked.compareTo(max) < 0).orElse(max);
        var left = request.expiresAt().map(end -> Duration.between(now, end)).orElse(limit);
        var least = left.compareTo(limit) < 0 ? left : limit;
        return least.isNegative() ? Duration.ZERO : least;
    }
}
