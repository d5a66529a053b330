package io.nodeplane.scale;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What all phases of a run see.
 *
 * @param plane readings of the control plane, each second
 * @param nodes what there is on the nodes' disks, each second
 * @param server readings of the API server
 */
record Scene(
        Settings settings,
        KubernetesClient client,
        ControlPlane controlPlane,
        Fleet fleet,
        Sampler plane,
        Sampler nodes,
        Sampler server) {
    /** Counters of requests that agents make by themselves. */
    static final List<String> AGENT_REQUESTS = List.of(
            "registration",
            "heartbeat",
            "state",
            "capabilities",
            "drift",
            "report",
            "secrets",
            "metrics",
            "logs",
            "audit");

    /** How often what changes fast is read. */
    static final Duration EACH_SECOND = Duration.ofSeconds(1);

    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration TOLD = Duration.ofSeconds(10);

    /** Waits for a state, telling each ten seconds how far it is; whether it came in time. */
    static boolean await(Duration limit, Supplier<String> progress, BooleanSupplier reached)
            throws InterruptedException {
        var begin = System.nanoTime();
        var told = begin;
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - begin > limit.toNanos()) {
                System.out.println("    not reached after " + limit.toSeconds() + " s: " + progress.get());
                return false;
            }
            if (System.nanoTime() - told > TOLD.toNanos()) {
                told = System.nanoTime();
                System.out.println("    " + progress.get());
            }
            Thread.sleep(STEP);
        }
        return true;
    }

    /** What the API server had to do since a time, told alike for each phase. */
    List<Row> load(String phase, double since) {
        server.sample();
        var cpu = server.curve(ApiServerLoad.CPU).from(since);
        var seconds = server.now() - since;
        var rows = new ArrayList<Row>();
        rows.add(Row.of(phase + ": API server, cores", cpu.last() / seconds, ""));
        rows.add(Row.of(
                phase + ": API server, requests a second",
                server.curve(ApiServerLoad.REQUESTS).from(since).last() / seconds,
                ""));
        rows.add(Row.of(
                phase + ": of these to the agents' objects",
                server.curve(ApiServerLoad.AGENTS).from(since).last() / seconds,
                ""));
        rows.add(Row.of(
                phase + ": writes of agents",
                server.curve(ApiServerLoad.WRITES).from(since).last(),
                ""));
        rows.add(Row.of(
                phase + ": requests refused with 429",
                OptionalDouble.of(
                        server.curve(ApiServerLoad.THROTTLED).from(since).last()),
                "",
                "=",
                0));
        return rows;
    }
}
