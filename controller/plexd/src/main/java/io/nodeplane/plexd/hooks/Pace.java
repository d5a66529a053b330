package io.nodeplane.plexd.hooks;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How the agents of a cluster keep out of each other's way without talking to each other.
 *
 * @param first longest time until an agent takes the first step for a hook of no certain node
 * @param look time over which all agents look what has begun
 * @param create time of the API server that another try to make one node's Job is worth
 * @param write time of the API server that one node's entry in a long list is worth
 */
record Pace(Duration first, Duration look, Duration create, Duration write) {
    /** An entry costs the API server 0.1 to 0.2 s among 1,000 nodes: half of one of its processors then. */
    static final Pace USUAL =
            new Pace(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMillis(20), Duration.ofMillis(250));

    /** Steepness of the first step: of 10,000 agents, the earliest still waits a little. */
    private static final double STEEPNESS = 10;

    /** At most eight times the usual time: half an hour for 1,000 nodes. */
    private static final int MAX_DOUBLINGS = 3;

    /**
     * Until the first step for a hook that anybody may begin with. Few draw an early time and most a late one, so that of a thousand agents a
     * handful tries before the first is through, and of three none waits long. Source: exponentially distributed feedback timers, Nonnenmacher and
     * Biersack, "Scalable Feedback for Large Groups", 1999.
     */
    Duration untilFirst(RandomGenerator random) {
        var share = 1 + Math.log(1 - random.nextDouble() * (1 - Math.exp(-STEEPNESS))) / STEEPNESS;
        return times(first, Math.max(0, share));
    }

    /** Until a look at what others began. */
    Duration untilLook(RandomGenerator random) {
        return times(look, random.nextDouble());
    }

    /**
     * Until a node's result is written among those of so many nodes; none where every step is told.
     *
     * @param nodes in the list of the hook
     */
    Duration untilWrite(int nodes, RandomGenerator random) {
        return HookPlan.tellsEndsOnly(nodes) ? times(write, nodes * random.nextDouble()) : Duration.ZERO;
    }

    /**
     * Until another try to write it. Twice as long after each failure: what is offered has to become less than what the server gets done, or the
     * queue never ends.
     *
     * @param failures so far, at least 1
     */
    Duration untilWriteAgain(int nodes, int failures, RandomGenerator random) {
        return untilWrite(nodes, random).multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    }

    /** Until another try to make a node's Job, one of so many. */
    Duration untilCreate(int nodes, RandomGenerator random) {
        return times(create, nodes * random.nextDouble());
    }

    /** Between two looks that are so long apart in the mean. */
    static Duration around(Duration mean, RandomGenerator random) {
        return times(mean, 0.5 + random.nextDouble());
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
