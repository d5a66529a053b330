package io.nodeplane.plexd.platform;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches how far our clock is from the control plane's, which refuses heartbeats that are off by 60 s (protocol facts 3.4
 * and 5.1). Told when it becomes large and when it is small again. Thread-safe.
 */
final class ClockGap {
    private static final Logger LOG = LoggerFactory.getLogger(ClockGap.class);

    /** Half of what is refused: time to act, and far beyond any delay of a request. */
    private static final Duration LARGE = Duration.ofSeconds(30);

    private boolean isLarge;

    synchronized void seen(Instant ours, Instant theirs) {
        var gap = Duration.between(ours, theirs);
        var large = gap.abs().compareTo(LARGE) > 0;
        if (large && !isLarge) {
            LOG.atWarn()
                    .addKeyValue("gap_ms", gap.toMillis())
                    .log(
                            "clock of this node and of the control plane are far apart, beyond 60 s heartbeats are refused");
        }
        if (!large && isLarge) {
            LOG.atInfo().addKeyValue("gap_ms", gap.toMillis()).log("clock of this node is right again");
        }
        isLarge = large;
    }
}
