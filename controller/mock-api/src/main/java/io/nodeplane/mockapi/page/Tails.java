package io.nodeplane.mockapi.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.capture.Received;
import io.nodeplane.mockapi.wire.Json;
import java.util.List;

/** The last log and audit records, each as one line. */
final class Tails {
    /** Characters of a log message that are shown. */
    private static final int MESSAGE = 500;

    private Tails() {}

    static JsonNode logs(List<Received> records) {
        return Json.tree(records.stream().map(Tails::log).toList());
    }

    private static JsonNode log(Received received) {
        var record = Bodies.json(received);
        return Json.object()
                .put("at", Bodies.time(received, record))
                .put("node", Excerpt.of(received.nodeId(), 120))
                .put("severity", Bodies.text(record, "severity"))
                .put("unit", Bodies.text(record, "unit"))
                .put("text", Bodies.text(MESSAGE, record, "message"));
    }

    static JsonNode audit(List<Received> records) {
        return Json.tree(records.stream().map(Tails::event).toList());
    }

    private static JsonNode event(Received received) {
        var record = Bodies.json(received);
        return Json.object()
                .put("at", Bodies.time(received, record))
                .put("node", Excerpt.of(received.nodeId(), 120))
                .put("source", Bodies.text(record, "source"))
                .put("subject", subject(record.path("subject")))
                .put("action", Bodies.text(record, "action", "event_type"))
                .put("object", Bodies.text(record, "object"))
                .put("result", Bodies.text(record, "result", "outcome"));
    }

    /** A user's name says more than the JSON around it. SOURCE: facts 5.5. */
    private static String subject(JsonNode subject) {
        if (subject.has("username")) {
            return Bodies.text(subject, "username");
        }
        if (subject.has("pid")) {
            return "pid " + Bodies.text(subject, "pid");
        }
        return Bodies.text(Json.object().set("subject", subject), "subject");
    }
}
