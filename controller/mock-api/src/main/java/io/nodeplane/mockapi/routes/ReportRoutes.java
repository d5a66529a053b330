package io.nodeplane.mockapi.routes;

import static io.nodeplane.mockapi.http.Answer.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.capture.CapturedRequest;
import io.nodeplane.mockapi.capture.Received;
import io.nodeplane.mockapi.capture.RecordReport;
import io.nodeplane.mockapi.capture.Tally;
import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Refusals;
import io.nodeplane.mockapi.http.RefusedException;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.http.Route;
import io.nodeplane.mockapi.node.NodeView;
import io.nodeplane.mockapi.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The routes under {@code /test} that tell what was received. SOURCE: facts 10.2; DESIGN.md, test routes. */
public final class ReportRoutes {
    /** Reads have no body: upstream does not capture them. */
    private static final Set<String> READS = Set.of("state", "metadata", "secrets", "events");

    private final Desk desk;

    ReportRoutes(Desk desk) {
        this.desk = desk;
    }

    List<Route> all() {
        return List.of(
                new Route(
                        "GET",
                        "/test/assertions",
                        (request, names) -> json(Json.tree(desk.counters().all()))),
                new Route("GET", "/test/last-request/{endpoint}", (request, names) -> last(names)),
                new Route("GET", "/test/requests/{endpoint}", this::requests),
                new Route("GET", "/test/records/{endpoint}", this::records),
                new Route(
                        "GET",
                        "/test/nodes",
                        (request, names) -> json(Json.tree(desk.nodes().list().stream()
                                .map(ReportRoutes::tree)
                                .toList()))),
                new Route(
                        "GET",
                        "/test/refusals",
                        (request, names) -> json(Json.tree(desk.refusals().list().stream()
                                .map(ReportRoutes::tree)
                                .toList()))),
                new Route(
                        "GET",
                        "/test/streams",
                        (request, names) -> json(Json.object()
                                .put("open", desk.streams().open())
                                .put("dropped", desk.streams().dropped()))));
    }

    private Answer last(Map<String, String> names) {
        var endpoint = names.getOrDefault("endpoint", "");
        var last = READS.contains(endpoint)
                ? Optional.<CapturedRequest>empty()
                : desk.captures().last(endpoint);
        return last.map(one -> Answer.octets(one.body()))
                .orElseGet(() -> Answer.error(404, "no captured request for endpoint"));
    }

    private Answer requests(Request request, Map<String, String> names) {
        var page = desk.captures().since(names.getOrDefault("endpoint", ""), since(request));
        var answer = Json.object().put("lost", page.lost());
        answer.set(
                "requests",
                Json.tree(page.requests().stream().map(CapturedRequest::tree).toList()));
        return json(answer);
    }

    private static long since(Request request) {
        try {
            return Long.parseLong(request.parameter("since").orElse("0"));
        } catch (NumberFormatException e) {
            throw new RefusedException(400, "since: expected a sequence number");
        }
    }

    private Answer records(Request request, Map<String, String> names) {
        var contains = request.parameter("contains").orElse("");
        return json(tree(desk.records().report(names.getOrDefault("endpoint", ""), contains)));
    }

    private static JsonNode tree(RecordReport report) {
        var tree = Json.object()
                .put("total", report.total())
                .put("bytes", report.bytes())
                .put("repeated", report.repeated())
                .put("lost", report.lost())
                .put("matching", report.matching().size());
        return tree.set(
                "records",
                Json.tree(report.matching().stream().map(ReportRoutes::tree).toList()));
    }

    private static JsonNode tree(Received received) {
        return Json.object()
                .put("time", received.time().toString())
                .put("node_id", received.nodeId())
                .set("record", received.json());
    }

    private static JsonNode tree(NodeView node) {
        var tree = Json.object()
                .put("hostname", node.hostname())
                .put("node_id", node.nodeId())
                .put("mesh_ip", node.meshIp())
                .put("registered_at", node.registeredAt().map(Instant::toString).orElse(null))
                .put(
                        "last_heartbeat",
                        node.lastHeartbeat().map(Instant::toString).orElse(null));
        return tree.set("counts", Json.tree(node.counts()));
    }

    private static JsonNode tree(Refusals.Refusal refusal) {
        return Json.object()
                .put("time", refusal.time().toString())
                .put("method", refusal.method())
                .put("path", refusal.path())
                .put("status", refusal.status())
                .put("message", refusal.message());
    }

    static JsonNode tree(Tally.Report report) {
        return Json.object()
                .put("count", report.count())
                .put("distinct", report.distinct())
                .put("first", report.first())
                .put("last", report.last())
                .put("missing", report.missing())
                .put("first_missing", report.firstMissing());
    }
}
