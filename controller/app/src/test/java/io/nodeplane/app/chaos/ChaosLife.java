package io.nodeplane.app.chaos;

import io.nodeplane.mockapi.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * One life of the agent in the fault campaign: what the world does meanwhile, and when and how the life ends.
 *
 * @param faults of the control plane, in force from the start of the life
 * @param moments in order; all are over with the life
 * @param from when time begins to count
 * @param endsAfter that time
 * @param gently SIGTERM instead of SIGKILL
 */
record ChaosLife(List<Fault> faults, List<Moment> moments, Stage from, Duration endsAfter, boolean gently) {
    /** Where a life may be cut: how long an agent takes to get there is the machine's affair, and all of them are worth cutting. */
    enum Stage {
        /** The process was started. */
        STARTED,
        /** All parts of the agent run. */
        RUNNING,
        /** It hears events. */
        LISTENING
    }

    private static final List<Stage> STAGES = List.of(Stage.STARTED, Stage.RUNNING, Stage.LISTENING);

    /** What the agent calls; the first is what a fresh node calls first. */
    private static final List<String> ROUTES = List.of(
            "POST /v1/register",
            "POST /v1/nodes/*/heartbeat",
            "GET /v1/nodes/*/state",
            "GET /v1/nodes/*/events",
            "PUT /v1/nodes/*/capabilities",
            "POST /v1/nodes/*/drift",
            "POST /v1/nodes/*/report",
            "PUT /v1/nodes/*/state/reports/*",
            "POST /v1/nodes/*/executions/**",
            "POST /v1/keys/rotate",
            "GET /v1/nodes/*/secrets/*",
            "POST /v1/nodes/*/metrics",
            "POST /v1/nodes/*/logs",
            "POST /v1/nodes/*/audit",
            "*");

    /** From an unsteady second to a clock whose battery was empty; an event counts as stale beyond five minutes. */
    private static final List<Duration> JUMPS = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(-2),
            Duration.ofSeconds(45),
            Duration.ofMinutes(-4),
            Duration.ofMinutes(20),
            Duration.ofHours(-3),
            Duration.ofDays(10),
            Duration.ofDays(-400));

    private static final List<ApiServerProxy.Mood> MOODS = List.of(
            ApiServerProxy.Mood.CUT,
            ApiServerProxy.Mood.STALLED,
            ApiServerProxy.Mood.HALF,
            ApiServerProxy.Mood.EXPIRED);

    ChaosLife {
        faults = List.copyOf(faults);
        moments = moments.stream().sorted(Comparator.comparing(Moment::at)).toList();
    }

    /** The next life; the same for the same random and means. */
    static ChaosLife of(Random random, Means means) {
        var faults = new ArrayList<Fault>();
        for (var i = random.nextInt(4); i > 0; i--) {
            faults.add(fault(random));
        }
        // Most of what is worth cutting happens in the first seconds: reading the identity, registering, the first
        // flushes.
        var life = Duration.ofMillis(200 + (long) (Math.pow(random.nextDouble(), 2) * 4000));
        var moments = new ArrayList<Moment>();
        moments.add(new Moment.StreamsCut(Duration.ofMillis(1 + random.nextInt(3000))));
        if (means.disk() && random.nextInt(3) == 0) {
            var state = random.nextBoolean() ? DataDisk.State.FULL : DataDisk.State.READ_ONLY;
            var from = sometime(random, life);
            moments.add(new Moment.Disk(from, state));
            moments.add(new Moment.Disk(from.plus(sometime(random, life)), DataDisk.State.FINE));
        }
        if (means.clock() && random.nextInt(4) == 0) {
            moments.add(new Moment.Clock(sometime(random, life), JUMPS.get(random.nextInt(JUMPS.size()))));
            moments.add(new Moment.Clock(sometime(random, life), JUMPS.get(random.nextInt(JUMPS.size()))));
        }
        if (means.server() && random.nextInt(2) == 0) {
            var from = sometime(random, life);
            moments.add(new Moment.Server(from, MOODS.get(random.nextInt(MOODS.size()))));
            moments.add(new Moment.Server(from.plus(sometime(random, life)), ApiServerProxy.Mood.FINE));
        }
        return new ChaosLife(faults, moments, STAGES.get(random.nextInt(STAGES.size())), life, random.nextInt(6) == 0);
    }

    /** A third of the times is the start, so that agents also begin under a fault. */
    private static Duration sometime(Random random, Duration life) {
        return Duration.ofMillis(random.nextInt(3) == 0 ? 0 : random.nextInt((int) life.toMillis()));
    }

    /** Slow, cut, lying: wrong types, half answers, 5xx, 429. */
    private static Fault fault(Random random) {
        var fault = Fault.on(ROUTES.get(random.nextInt(ROUTES.size()))).times(1 + random.nextInt(4));
        return switch (random.nextInt(9)) {
            case 0 -> fault.delay(Duration.ofMillis(random.nextInt(3000)));
            case 1 -> fault.status(500 + random.nextInt(5));
            case 2 -> fault.status(429).header("Retry-After", "1");
            case 3 -> fault.cut(Fault.Cut.BEFORE);
            case 4 -> fault.cut(Fault.Cut.HALF);
            case 5 -> fault.cut(Fault.Cut.AFTER);
            case 6 -> fault.truncate(1 + random.nextInt(40));
            // The route runs: a control plane that says yes and keeps nothing loses what no agent can save.
            case 7 ->
                fault.status(200)
                        .body("{\"node_id\": 7, \"peers\": \"none\", \"reconcile\": [\"yes\"]}")
                        .alsoRun();
            default -> fault.status(502).alsoRun();
        };
    }
}
