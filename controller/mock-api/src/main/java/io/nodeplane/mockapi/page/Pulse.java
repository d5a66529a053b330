package io.nodeplane.mockapi.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a node is heard: pure.
 *
 * @param last last accepted heartbeat
 * @param beats the last heartbeats as received, newest first; a few are enough
 * @param status the word of the last heartbeat, empty when it had none
 * @param left last deregistration
 */
record Pulse(Optional<Instant> last, List<Instant> beats, String status, Optional<Instant> left) {
    /** Until two heartbeats have come. SOURCE: README, {@code heartbeat.interval}. */
    private static final Duration USUAL = Duration.ofSeconds(30);

    /** Shorter rhythms are retries, longer ones outages; neither is the node's rhythm. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Copies the list. */
    Pulse {
        beats = List.copyOf(beats);
    }

    /** What a person wants to know first. The order is that of urgency. */
    enum Condition {
        /** No heartbeat for more than five of the node's intervals. */
        SILENT,
        /** One heartbeat did not come. */
        LATE,
        /** It says so itself. */
        DEGRADED,
        /** Registered, no heartbeat yet. */
        NEW,
        /** It said good-bye. */
        LEFT,
        /** Heartbeats come in time. */
        HEALTHY
    }

    /** The node's own interval: the median of the last gaps, so that one retry or one outage does not change it. */
    Duration rhythm() {
        if (beats.size() < 2) {
            return USUAL;
        }
        var gaps = new ArrayList<Duration>();
        for (int i = 1; i < beats.size(); i++) {
            gaps.add(Duration.between(beats.get(i), beats.get(i - 1)).abs());
        }
        gaps.sort(null);
        var median = gaps.get(gaps.size() / 2);
        return median.compareTo(SHORTEST) < 0 ? SHORTEST : median.compareTo(LONGEST) > 0 ? LONGEST : median;
    }

    /** How it stands at a time. */
    Condition condition(Instant now) {
        if (left.isPresent() && last.filter(beat -> beat.isAfter(left.get())).isEmpty()) {
            return Condition.LEFT;
        }
        if (last.isEmpty()) {
            return Condition.NEW;
        }
        var silence = Duration.between(last.get(), now);
        if (silence.compareTo(rhythm().multipliedBy(5)) > 0) {
            return Condition.SILENT;
        }
        if (silence.compareTo(rhythm().multipliedBy(2)) > 0) {
            return Condition.LATE;
        }
        return status.equals("degraded") ? Condition.DEGRADED : Condition.HEALTHY;
    }
}
