package io.nodeplane.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All agents start in the same moment, as after a power cut: each registers, mirrors its state and its secrets. */
final class StartStorm implements Phase {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Curve registered = new Curve(List.of());
    private Curve mirrored = new Curve(List.of());

    @Override
    public String name() {
        return "start of all agents at once";
    }

    @Override
    public List<Row> run(Scene scene) throws InterruptedException {
        var counts = ObjectCounts.ofStart(scene.client());
        try (var objects = Sampler.start(counts, Scene.EACH_SECOND, ObjectCounts.LEVELS)) {
            return run(scene, objects);
        }
    }

    private List<Row> run(Scene scene, Sampler objects) throws InterruptedException {
        var agents = scene.settings().agents();
        var before = Footprint.cpuSeconds();
        var begin = scene.plane().now();
        scene.fleet().release();
        Scene.await(
                LIMIT,
                () -> (long) scene.nodes().curve(Fleet.REGISTERED).last() + " registered, "
                        + (long) objects.curve(ObjectCounts.STATES).last() + " states, "
                        + (long) objects.curve(ObjectCounts.SECRETS).last() + " secrets, "
                        + (long) scene.plane().curve(ControlPlane.STREAMS).last() + " streams",
                () -> objects.curve(ObjectCounts.SECRETS).last() >= agents
                        && objects.curve(ObjectCounts.STATES).last() >= agents
                        && scene.plane().curve(ControlPlane.STREAMS).last() >= agents);
        registered = scene.nodes().curve(Fleet.REGISTERED).from(begin);
        mirrored = objects.curve(ObjectCounts.STATES);
        var rows = new ArrayList<Row>();
        rows.add(Row.of("start: all registered", registered.reached(agents), " s"));
        rows.add(Row.of("start: all PlexdNodeStates there", mirrored.reached(agents), " s"));
        rows.add(Row.of(
                "start: all Secrets there", objects.curve(ObjectCounts.SECRETS).reached(agents), " s"));
        rows.add(Row.of(
                "start: registrations that the control plane answered",
                scene.plane().curve("registration").from(begin).last(),
                ""));
        rows.addAll(scene.load("start", begin));
        rows.add(Row.of("start: processor time of an agent", (Footprint.cpuSeconds() - before) / agents, " s"));
        return rows;
    }

    Curve registered() {
        return registered;
    }

    Curve mirrored() {
        return mirrored;
    }
}
