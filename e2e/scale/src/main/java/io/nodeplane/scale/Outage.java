package io.nodeplane.scale;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The control plane crashes and comes back empty: no agent may register again, and they must not all come in one moment. */
final class Outage implements Phase {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Curve back = new Curve(List.of());
    private Curve requests = new Curve(List.of());

    @Override
    public String name() {
        return "outage of the control plane";
    }

    @Override
    public List<Row> run(Scene scene) throws IOException, InterruptedException {
        var agents = scene.settings().agents();
        var begin = scene.server().now();
        scene.controlPlane().kill();
        Thread.sleep(scene.settings().outage());
        scene.controlPlane().restart();
        var returned = scene.plane().now();
        Scene.await(
                LIMIT,
                () -> (long) scene.plane().curve(ControlPlane.STREAMS).last() + " streams are back",
                () -> scene.plane().curve(ControlPlane.STREAMS).last() >= agents
                        && scene.plane().now() - returned > 5);
        // The rhythm of a minute after it, for the curve.
        Thread.sleep(Duration.ofSeconds(60));
        back = scene.plane().curve(ControlPlane.STREAMS).after(returned);
        requests = scene.plane().sum(Scene.AGENT_REQUESTS).from(returned);
        var rows = new ArrayList<Row>();
        rows.add(Row.of(
                "outage of " + scene.settings().outage().toSeconds() + " s: all event streams back",
                back.reached(agents),
                " s"));
        rows.add(Row.of("outage: reconnects, middle 90%, within", back.spread(agents), " s", "at least", 30));
        rows.add(Row.of("outage: most reconnects in a second", back.peakPerSecond(), ""));
        rows.add(Row.of("outage: most requests in a second after it", requests.peakPerSecond(), ""));
        rows.add(Row.of(
                "outage: new registrations",
                OptionalDouble.of(
                        scene.plane().curve("registration").from(returned).last()),
                "",
                "=",
                0));
        rows.addAll(scene.load("outage", begin));
        return rows;
    }

    /** Open event streams since the control plane is back. */
    Curve back() {
        return back;
    }

    /** Requests since then. */
    Curve requests() {
        return requests;
    }
}
