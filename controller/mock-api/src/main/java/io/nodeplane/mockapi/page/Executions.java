package io.nodeplane.mockapi.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nodeplane.mockapi.capture.CapturedRequest;
import io.nodeplane.mockapi.capture.Captures;
import io.nodeplane.mockapi.wire.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Actions that were asked for, and what the nodes answered: acknowledgement and result of an execution make one row. */
final class Executions {
    /** Rows of an answer. */
    static final int MOST = 20;

    /** Requests of each kind that are looked through. */
    private static final int SCANNED = 100;

    /** Characters of an output that are shown. */
    private static final int OUTPUT = 300;

    private final Map<String, ObjectNode> rows = new LinkedHashMap<>();
    private final Map<String, String> actions = new HashMap<>();

    private Executions() {}

    /** The newest executions, newest first. */
    static JsonNode of(Captures captures) {
        var executions = new Executions();
        var sent = captures.newest("inject_event", SCANNED);
        sent.forEach(executions::remember);
        Stream.of("execution_ack", "execution_result")
                .flatMap(endpoint -> captures.newest(endpoint, SCANNED).stream())
                .sorted(Comparator.comparingLong(CapturedRequest::sequence))
                .forEach(executions::answered);
        executions.unanswered(sent);
        return Json.tree(executions.newestFirst());
    }

    private void remember(CapturedRequest sent) {
        var payload = Bodies.json(sent).path("payload");
        if (payload.has("execution_id")) {
            actions.putIfAbsent(Bodies.text(payload, "execution_id"), Bodies.text(payload, "action"));
        }
    }

    private void answered(CapturedRequest request) {
        var body = Bodies.json(request);
        var id = Bodies.text(body, "execution_id");
        // Removed and put again: the row that was touched last stands last.
        var key = request.nodeId() + " " + id;
        var known = rows.remove(key);
        var row = known == null ? row(id, request.nodeId()) : known;
        rows.put(key, row);
        row.put("at", request.time().toEpochMilli()).put("status", Bodies.text(body, "status"));
        if (request.endpoint().equals("execution_result")) {
            row.put("exit", Bodies.text(body, "exit_code"))
                    .put("duration", Bodies.text(body, "duration"))
                    .put("output", output(body));
        } else {
            row.put("output", Bodies.text(body, "reason"));
        }
    }

    private static String output(JsonNode body) {
        var out = Bodies.text(OUTPUT, body, "stdout");
        return out.isEmpty() ? Bodies.text(OUTPUT, body, "stderr") : out;
    }

    private ObjectNode row(String id, String nodeId) {
        return Json.object()
                .put("id", id)
                .put("node", Excerpt.of(nodeId, 120))
                .put("action", actions.getOrDefault(id, ""));
    }

    /** Asked for, and no node has said a word about it. */
    private void unanswered(List<CapturedRequest> sent) {
        Set<String> known =
                rows.values().stream().map(row -> row.path("id").asText()).collect(Collectors.toSet());
        for (var request : sent) {
            var id = Bodies.text(Bodies.json(request).path("payload"), "execution_id");
            if (!id.isEmpty() && known.add(id)) {
                rows.put(
                        id, row(id, "").put("at", request.time().toEpochMilli()).put("status", "sent"));
            }
        }
    }

    private List<ObjectNode> newestFirst() {
        var newest = new ArrayList<>(rows.values());
        newest.sort(Comparator.<ObjectNode>comparingLong(row -> row.path("at").asLong())
                .reversed());
        return newest.stream().limit(MOST).toList();
    }
}
