package io.nodeplane.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Nothing changes. */
final class Rest implements Phase {
    /** What a start leaves behind ends first: first flushes, first reports. */
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private final Footprint empty;

    /** @param empty what the process took before the first agent */
    Rest(Footprint empty) {
        this.empty = empty;
    }

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public List<Row> run(Scene scene) throws InterruptedException {
        var agents = scene.settings().agents();
        Thread.sleep(SETTLE);
        scene.server().sample();
        var begin = scene.server().now();
        var before = Footprint.cpuSeconds();
        Thread.sleep(scene.settings().rest());
        var cpu = Footprint.cpuSeconds() - before;
        var after = Footprint.now();
        scene.server().sample();
        var writes = scene.server().curve(ApiServerLoad.WRITES).from(begin).last();
        var seconds = scene.server().now() - begin;
        var rows = new ArrayList<Row>();
        rows.add(Row.of("rest: API writes of all agents", OptionalDouble.of(writes), "", "=", 0));
        rows.addAll(scene.load("rest", begin).stream()
                .filter(row -> !row.what().endsWith("writes of agents"))
                .toList());
        rows.add(Row.of(
                "rest: requests to the control plane a second",
                scene.plane().sum(Scene.AGENT_REQUESTS).from(begin).last() / seconds,
                ""));
        rows.add(Row.of("rest: processor time of an agent", cpu * 60 / seconds / agents, " s/min"));
        rows.add(Row.of(
                "rest: memory of an agent among many", (after.residentMib() - empty.residentMib()) / agents, " MiB"));
        rows.add(Row.of("rest: of that live objects", (after.heapMib() - empty.heapMib()) / agents, " MiB"));
        return rows;
    }
}
