package io.nodeplane.app;

import io.nodeplane.mockapi.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One life of the agent in the fault campaign: what the control plane does meanwhile, and when and how the life ends.
 *
 * @param faults in force from the start of the life
 * @param cutStreamsAfter the event streams are cut then, once
 * @param endsAfter from the start of the process
 * @param gently SIGTERM instead of SIGKILL
 */
record ChaosLife(List<Fault> faults, Duration cutStreamsAfter, Duration endsAfter, boolean gently) {
    /** What the agent calls; the first is what a fresh node calls first. */
    private static final List<String> ROUTES = List.of(
            "POST /v1/register",
            "POST /v1/nodes/*/heartbeat",
            "GET /v1/nodes/*/state",
            "GET /v1/nodes/*/events",
            "PUT /v1/nodes/*/capabilities",
            "POST /v1/nodes/*/drift",
            "GET /v1/nodes/*/secrets/*",
            "POST /v1/nodes/*/metrics",
            "POST /v1/nodes/*/logs",
            "POST /v1/nodes/*/audit",
            "*");

    ChaosLife {
        faults = List.copyOf(faults);
    }

    /** The next life; the same for the same random. */
    static ChaosLife of(Random random) {
        var faults = new ArrayList<Fault>();
        for (var i = random.nextInt(4); i > 0; i--) {
            faults.add(fault(random));
        }
        // Most of what is worth cutting happens in the first seconds: reading the identity, registering, the first
        // flushes.
        var life = Duration.ofMillis(200 + (long) (Math.pow(random.nextDouble(), 2) * 5000));
        var cut = Duration.ofMillis(random.nextInt(4000));
        return new ChaosLife(faults, cut, life, random.nextInt(6) == 0);
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
