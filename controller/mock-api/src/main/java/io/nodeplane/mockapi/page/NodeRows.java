package io.nodeplane.mockapi.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nodeplane.mockapi.capture.CapturedRequest;
import io.nodeplane.mockapi.capture.Captures;
import io.nodeplane.mockapi.node.NodeView;
import io.nodeplane.mockapi.routes.Desk;
import io.nodeplane.mockapi.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The nodes as the page shows them, from the table of nodes and the last requests of each. */
final class NodeRows {
    /** Rows of an answer; of more nodes those that need attention most. */
    static final int MOST = 100;

    /** Requests of an endpoint that are looked through for the last one of a node. */
    private static final int SCANNED = 2_000;

    /** Heartbeats of a node that tell its rhythm. */
    private static final int BEATS = 4;

    /** Corrections, actions and hooks that are named. */
    private static final int NAMED = 12;

    private final Map<String, List<CapturedRequest>> heartbeats;
    private final Map<String, List<CapturedRequest>> drifts;
    private final Map<String, List<CapturedRequest>> capabilities;
    private final Map<String, List<CapturedRequest>> pulls;
    private final Map<String, List<CapturedRequest>> farewells;
    private final Map<String, Integer> streams;
    private final List<NodeView> nodes;
    private final Instant now;

    NodeRows(Desk desk, Instant now) {
        this.heartbeats = last(desk.captures(), "heartbeat", BEATS);
        this.drifts = last(desk.captures(), "drift", 1);
        this.capabilities = last(desk.captures(), "capabilities", 1);
        this.pulls = last(desk.captures(), "state", 1);
        this.farewells = last(desk.captures(), "deregister", 1);
        this.streams = desk.streams().openByNode();
        this.nodes = desk.nodes().list();
        this.now = now;
    }

    private static Map<String, List<CapturedRequest>> last(Captures captures, String endpoint, int most) {
        var byNode = new HashMap<String, List<CapturedRequest>>();
        for (var request : captures.newest(endpoint, SCANNED)) {
            var requests = byNode.computeIfAbsent(request.nodeId(), id -> new ArrayList<>());
            if (requests.size() < most) {
                requests.add(request);
            }
        }
        return byNode;
    }

    private static Optional<CapturedRequest> newest(Map<String, List<CapturedRequest>> requests, String nodeId) {
        return requests.getOrDefault(nodeId, List.of()).stream().findFirst();
    }

    private record Heard(NodeView node, JsonNode heartbeat, Pulse.Condition condition, long rhythm) {}

    /** All nodes by condition, and the rows. */
    ObjectNode tree() {
        var heard = nodes.stream().map(this::heard).toList();
        var conditions = new TreeMap<String, Integer>();
        heard.forEach(one -> conditions.merge(one.condition().name().toLowerCase(Locale.ROOT), 1, Integer::sum));
        var urgent = heard.stream()
                .sorted(Comparator.comparing(Heard::condition))
                .limit(MOST)
                .toList();
        var tree = Json.object().put("total", nodes.size());
        tree.set("conditions", Json.tree(conditions));
        tree.set(
                "rows",
                Json.tree(heard.stream().filter(urgent::contains).map(this::row).toList()));
        return tree;
    }

    private Heard heard(NodeView node) {
        var body = newest(heartbeats, node.nodeId()).map(Bodies::json).orElseGet(Json::object);
        var beats = heartbeats.getOrDefault(node.nodeId(), List.of()).stream()
                .map(CapturedRequest::time)
                .toList();
        var left = newest(farewells, node.nodeId()).map(CapturedRequest::time);
        var pulse = new Pulse(node.lastHeartbeat(), beats, Bodies.text(body, "status"), left);
        return new Heard(node, body, pulse.condition(now), pulse.rhythm().toMillis());
    }

    private JsonNode row(Heard heard) {
        var node = heard.node();
        var declared = newest(capabilities, node.nodeId()).map(Bodies::json).orElseGet(Json::object);
        var row = Json.object()
                .put("id", Excerpt.of(node.nodeId(), 120))
                .put("host", Excerpt.of(node.hostname(), 120))
                .put("mesh", node.meshIp())
                .put("state", heard.condition().name().toLowerCase(Locale.ROOT))
                .put("rhythm", heard.rhythm())
                .put("contract", contract(heard.heartbeat()))
                .put("uptime", Bodies.text(heard.heartbeat(), "uptime"))
                .put("version", Bodies.text(version(declared), "version", "binary_version"))
                .put("streams", streams.getOrDefault(node.nodeId(), 0));
        node.registeredAt().ifPresent(at -> row.put("registered", at.toEpochMilli()));
        node.lastHeartbeat().ifPresent(at -> row.put("heartbeat", at.toEpochMilli()));
        newest(pulls, node.nodeId())
                .ifPresent(one -> row.put("pulled", one.time().toEpochMilli()));
        newest(drifts, node.nodeId()).ifPresent(one -> row.set("drift", drift(one)));
        row.set("actions", names(declared.path("builtin_actions")));
        row.set("hooks", names(declared.path(declared.has("hooks") ? "hooks" : "declared_hooks")));
        return row.set("counts", Json.tree(node.counts()));
    }

    /** The seed contract names the version inside {@code binary}, the platform's beside it. */
    private static JsonNode version(JsonNode declared) {
        return declared.has("binary") ? declared.path("binary") : declared;
    }

    /** Which contract a node speaks: only the platform's heartbeat tells the client's time. SOURCE: facts 5.1. */
    private static String contract(JsonNode heartbeat) {
        if (heartbeat.has("client_now")) {
            return "platform";
        }
        return heartbeat.has("timestamp") ? "seed" : "";
    }

    private static JsonNode drift(CapturedRequest request) {
        var corrections = Bodies.json(request).path("corrections");
        var named = new ArrayList<String>();
        for (var correction : corrections) {
            if (named.size() < NAMED) {
                named.add(Bodies.text(correction, "type") + ": " + Bodies.text(correction, "detail"));
            }
        }
        return Json.object()
                .put("at", request.time().toEpochMilli())
                .put("size", corrections.size())
                .set("corrections", Json.tree(named));
    }

    private static JsonNode names(JsonNode list) {
        var named = new ArrayList<String>();
        for (var one : list) {
            if (named.size() < NAMED) {
                named.add(Bodies.text(one, "name"));
            }
        }
        return Json.object().put("size", list.size()).set("names", Json.tree(named));
    }
}
