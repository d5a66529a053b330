package io.nodeplane.scale;

import com.plexsphere.plexd.v1alpha1.PlexdHook;
import com.plexsphere.plexd.v1alpha1.PlexdHookSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** One PlexdHook for all nodes: a Job for each, and the end of each in one status. */
final class HookOnAll implements Phase {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private Curve jobs = new Curve(List.of());
    private Curve done = new Curve(List.of());

    @Override
    public String name() {
        return "one hook for all nodes";
    }

    @Override
    public List<Row> run(Scene scene) throws InterruptedException {
        var counts = ObjectCounts.ofHook(scene.client());
        try (var objects = Sampler.start(counts, Scene.EACH_SECOND, ObjectCounts.LEVELS)) {
            return run(scene, objects);
        }
    }

    private List<Row> run(Scene scene, Sampler objects) throws InterruptedException {
        var agents = scene.settings().agents();
        var begin = scene.server().now();
        scene.client().resource(hook()).create();
        Scene.await(
                LIMIT,
                () -> (long) objects.curve(ObjectCounts.JOBS).last() + " Jobs, "
                        + (long) objects.curve(ObjectCounts.HOOKED).last() + " nodes done",
                () -> objects.curve(ObjectCounts.HOOKED).last() >= agents);
        jobs = objects.curve(ObjectCounts.JOBS);
        done = objects.curve(ObjectCounts.HOOKED);
        var rows = new ArrayList<Row>();
        rows.add(Row.of("hook for all: all Jobs there", jobs.reached(agents), " s", "at most", 60));
        rows.add(Row.of("hook for all: Jobs", OptionalDouble.of(jobs.last()), "", "=", agents));
        rows.add(Row.of("hook for all: every node's end in the status", done.reached(agents), " s"));
        rows.addAll(scene.load("hook for all", begin));
        return rows;
    }

    private static PlexdHook hook() {
        var hook = new PlexdHook();
        hook.setMetadata(new ObjectMetaBuilder()
                .withName("all")
                .withNamespace(Settings.NAMESPACE)
                .build());
        var spec = new PlexdHookSpec();
        spec.setHookName("all");
        spec.setNodeSelector(Map.of(KwokNodes.LABEL, "true"));
        hook.setSpec(spec);
        return hook;
    }

    Curve jobs() {
        return jobs;
    }

    Curve done() {
        return done;
    }
}
