package io.nodeplane.mockapi.platform;

import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.http.Route;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Rfc3339;
import io.nodeplane.mockapi.wire.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Metrics as an array, logs and audit records as lines; a receipt for each batch. SOURCE: facts 5.3 to 5.6, C wire. */
final class IngestRoutes {
    private static final String MALFORMED = "ingest_batch_malformed";
    private static final String NDJSON = "application/x-ndjson";
    private static final String JSON = "application/json";

    /** Bytes of a batch after gunzip; the contract names no number. */
    private static final int MOST_BYTES = 4 << 20;

    private final PlatformDesk desk;
    private final PlatformGate gate;

    IngestRoutes(PlatformDesk desk, PlatformGate gate) {
        this.desk = desk;
        this.gate = gate;
    }

    List<Route> all() {
        return List.of(
                route("metrics", JSON, PlatformShapes.METRICS),
                route("logs", NDJSON, Shape.nonEmptyList(PlatformShapes.LOG)),
                route("audit", NDJSON, Shape.nonEmptyList(PlatformShapes.AUDIT)));
    }

    private Route route(String kind, String contentType, Shape batch) {
        return new Route(
                "POST", PlatformRoutes.NODE + kind, (request, names) -> take(request, names, kind, contentType, batch));
    }

    private Answer take(Request request, Map<String, String> names, String kind, String contentType, Shape batch) {
        var node = gate.admit(request, names);
        desk.shared().captures().keep(kind, node, request);
        if (!request.header("content-type").orElse("").startsWith(contentType)) {
            throw Problem.of(415, "ingest_encoding_unsupported", "content-type: expected " + contentType);
        }
        if (!Rfc3339.matches(request.header("x-plexsphere-sent-at").orElse(""))) {
            throw Problem.of(400, "ingest_sent_at_invalid", "X-Plexsphere-Sent-At: expected an RFC 3339 time");
        }
        if (request.body().size() > MOST_BYTES) {
            throw Problem.of(413, "ingest_body_too_large", "body: more than " + MOST_BYTES + " bytes");
        }
        var array = contentType.equals(NDJSON)
                ? array(request.body().text())
                : request.body().bytes();
        var records = PlatformGate.checked(array, batch, MALFORMED);
        try {
            desk.shared().records().add(kind, node, array);
        } catch (IOException e) {
            throw Problem.of(400, MALFORMED, "body: no records");
        }
        desk.count(node, kind);
        return Answer.json(
                202,
                Json.object()
                        .put(
                                "accepted_at",
                                Rfc3339.format(desk.shared().clock().instant().atOffset(ZoneOffset.UTC)))
                        .put("records", records.size()));
    }

    /** The lines as a JSON array. A line that is no object shows when the array is checked. */
    private static byte[] array(String lines) {
        var records = new ArrayList<String>();
        lines.lines().filter(line -> !line.isBlank()).forEach(records::add);
        return ("[" + String.join(",", records) + "]").getBytes(StandardCharsets.UTF_8);
    }
}
