package io.nodeplane.mockapi.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nodeplane.mockapi.capture.CapturedRequest;
import io.nodeplane.mockapi.http.Refusals;
import io.nodeplane.mockapi.routes.Desk;
import io.nodeplane.mockapi.routes.FaultJson;
import io.nodeplane.mockapi.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The document that the page polls: what is small as a whole, what grows as the part behind a cursor, all of it bounded.
 * It is computed from the mock's windows at each call and holds nothing in between.
 */
final class Overview {
    /** Requests of an answer: five minutes of twelve nodes. */
    static final int ACTIVITY = 1_200;

    /** Metric records of an answer: ten minutes of twelve nodes at the default interval. */
    static final int METRICS = 1_200;

    /** Log and audit records of an answer, each. */
    static final int LINES = 200;

    private static final int EVENTS = 10;
    private static final int REFUSALS = 20;
    private static final int FAULTS = 50;
    private static final int TEXT = 200;

    private final Desk desk;
    private final Instant started;
    private final String run;

    Overview(Desk desk) {
        this.desk = desk;
        this.started = desk.clock().instant();
        this.run = Long.toString(started.toEpochMilli(), 36);
    }

    /** The document for a page that has read so far; all of it when the cursor is of another run. */
    JsonNode since(Cursor given) {
        boolean reset = !given.run().equals(run) || given.requests() == 0;
        var from = reset ? Cursor.start(run) : given;
        var now = desk.clock().instant();
        var requests = desk.captures().recent(from.requests(), ACTIVITY);
        var metrics = desk.records().after("metrics", from.metrics(), METRICS);
        var logs = desk.records().after("logs", from.logs(), LINES);
        var audit = desk.records().after("audit", from.audit(), LINES);
        var cursor = new Cursor(run, requests.last(), metrics.total(), logs.total(), audit.total());
        var tree = Json.object()
                .put("cursor", cursor.text())
                .put("reset", reset)
                .put("now", now.toEpochMilli())
                .put("started", started.toEpochMilli())
                .put("mode", desk.mode().name().toLowerCase(Locale.ROOT));
        tree.set("nodes", new NodeRows(desk, now).tree());
        tree.set("activity", activity(requests.requests()));
        tree.set("series", Series.of(metrics.records()));
        tree.set("logs", Tails.logs(logs.records()));
        tree.set("audit", Tails.audit(audit.records()));
        return controls(tree);
    }

    /** A cursor from before everything, for a page that has read nothing. */
    Cursor start() {
        return Cursor.start(run);
    }

    private ObjectNode controls(ObjectNode tree) {
        tree.set("executions", Executions.of(desk.captures()));
        tree.set(
                "events",
                Json.tree(desk.captures().newest("inject_event", EVENTS).stream()
                        .map(Overview::event)
                        .toList()));
        tree.set(
                "streams",
                Json.object()
                        .put("open", desk.streams().open())
                        .put("dropped", desk.streams().dropped()));
        tree.set(
                "faults",
                Json.tree(desk.faults().list().stream()
                        .limit(FAULTS)
                        .map(FaultJson::tree)
                        .toList()));
        tree.set("heartbeat", desk.fixture().heartbeat());
        tree.set("counters", Json.tree(desk.counters().all()));
        var refusals = desk.refusals().list();
        tree.set("refusals", refusals(refusals.subList(Math.max(0, refusals.size() - REFUSALS), refusals.size())));
        return tree;
    }

    private static JsonNode activity(List<CapturedRequest> requests) {
        var list = Json.object().putArray("activity");
        for (var one : requests) {
            list.addArray()
                    .add(one.time().toEpochMilli())
                    .add(Excerpt.of(one.nodeId(), TEXT))
                    .add(one.endpoint());
        }
        return list;
    }

    private static JsonNode event(CapturedRequest request) {
        var body = Bodies.json(request);
        return Json.object()
                .put("at", request.time().toEpochMilli())
                .put("type", Bodies.text(body, "event_type", "type"))
                .put("id", Bodies.text(body, "event_id", "id"));
    }

    private static JsonNode refusals(List<Refusals.Refusal> refusals) {
        return Json.tree(refusals.reversed().stream()
                .map(one -> Json.object()
                        .put("at", one.time().toEpochMilli())
                        .put("status", one.status())
                        .put("request", Excerpt.of(one.method() + " " + one.path(), TEXT))
                        .put("reason", Excerpt.of(one.message(), TEXT)))
                .toList());
    }
}
