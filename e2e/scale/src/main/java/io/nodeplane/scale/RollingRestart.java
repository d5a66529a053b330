package io.nodeplane.scale;

import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** {@code kubectl rollout restart daemonset/plexd}: the DaemonSet's controller replaces every pod. */
final class RollingRestart implements Phase {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    @Override
    public String name() {
        return "rolling restart";
    }

    @Override
    public List<Row> run(Scene scene) throws InterruptedException {
        var agents = scene.settings().agents();
        var begin = scene.plane().now();
        var daemonSet = scene.client()
                .apps()
                .daemonSets()
                .inNamespace(Settings.NAMESPACE)
                .withName("plexd");
        daemonSet.edit(RollingRestart::restarted);
        Scene.await(
                LIMIT,
                () -> daemonSet.get().getStatus().getUpdatedNumberScheduled() + " pods updated, "
                        + scene.fleet().running() + " agents running",
                // The fleet first: it is asked for nothing that the API server has to answer.
                () -> scene.fleet().running() == agents && isOver(daemonSet.get(), agents));
        var seconds = scene.plane().now() - begin;
        Scene.await(
                Duration.ofMinutes(2),
                () -> (long) scene.plane().curve(ControlPlane.STREAMS).last() + " streams",
                () -> scene.plane().curve(ControlPlane.STREAMS).last() >= agents);
        var requests = scene.plane().sum(Scene.AGENT_REQUESTS).from(begin);
        var rows = new ArrayList<Row>();
        rows.add(Row.of("rolling restart, 5% at a time: done after", seconds, " s"));
        rows.add(Row.of(
                "rolling restart: new registrations",
                OptionalDouble.of(
                        scene.plane().curve("registration").from(begin).last()),
                "",
                "=",
                0));
        rows.add(Row.of(
                "rolling restart: most requests to the control plane in a second", requests.peakPerSecond(), ""));
        rows.addAll(scene.load("rolling restart", begin));
        return rows;
    }

    private static DaemonSet restarted(DaemonSet set) {
        return new DaemonSetBuilder(set)
                .editSpec()
                .editTemplate()
                .editMetadata()
                .addToAnnotations(
                        "kubectl.kubernetes.io/restartedAt", Instant.now().toString())
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static boolean isOver(DaemonSet set, int agents) {
        var status = set.getStatus();
        return set.getMetadata().getGeneration().equals(status.getObservedGeneration())
                && Integer.valueOf(agents).equals(status.getUpdatedNumberScheduled())
                && Integer.valueOf(agents).equals(status.getNumberAvailable());
    }
}
