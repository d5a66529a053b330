package io.nodeplane.runtime.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential delay with jitter: base, doubled per failure, at most {@code max}, each spread by ±{@code jitter}.
 *
 * @param base delay after the first failure
 * @param max upper bound before jitter
 * @param jitter fraction of the delay, 0 to 1
 */
public record Backoff(Duration base, Duration max, double jitter) {
    /** Control-plane rule: 1 s, doubled to 60 s, ±25 % (protocol facts 2.4 and 3.6). */
    public static final Backoff CONTROL_PLANE = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), 0.25);

    public Backoff {
        if (base.isNegative() || base.isZero() || max.compareTo(base) < 0 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("backoff needs 0 < base <= max and 0 <= jitter <= 1");
        }
    }

    /**
     * The delay after a number of consecutive failures.
     *
     * @param failures 1 or more
     */
    public Duration delay(int failures, RandomGenerator random) {
        var doublings = Math.clamp(failures - 1L, 0, 30);
        var plain = Math.min(max.toNanos(), base.toNanos() << Math.min(doublings, 62 - bits(base.toNanos())));
        var spread = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofNanos(Math.round(plain * spread));
    }

    private static int bits(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }
}
