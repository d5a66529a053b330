package io.nodeplane.plexd.nodeapi.routes;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nodeplane.plexd.nodeapi.access.Permission;
import io.nodeplane.plexd.report.MergedReports.Held;
import io.nodeplane.plexd.report.NodeReports;
import io.nodeplane.plexd.report.NodeReports.Outcome;
import io.nodeplane.plexd.report.ReportEntry;
import io.nodeplane.runtime.http.HttpAnswer;
import io.nodeplane.runtime.http.RefusedRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/state/report}: what workloads report, with versions that tell who has seen what. */
record ReportRoutes(NodeReports reports, Semaphore writers) {
    private static final Logger LOG = LoggerFactory.getLogger(ReportRoutes.class);

    /** Protocol facts 7.2. */
    private static final int MAX_BODY = 1 << 20;

    /** A body, its tree and its text stand in memory together: more at a time than this would not fit the heap. */
    private static final int MAX_WRITERS = 2;

    /** Numbers keep their digits, and a second value behind the first is no JSON document. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    ReportRoutes(NodeReports reports) {
        this(reports, new Semaphore(MAX_WRITERS, true));
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", "state/report", _ -> names()),
                Route.of("GET", "state/report/*", visit -> entry(key(visit))),
                Route.of("PUT", "state/report/*", this::put),
                Route.of("DELETE", "state/report/*", this::delete));
    }

    private static String key(Visit visit) throws RefusedRequest {
        if (!NodeReports.isKey(visit.key())) {
            throw new RefusedRequest(400, "invalid report key");
        }
        return visit.key();
    }

    private HttpAnswer names() {
        return JsonAnswer.ok(out -> JsonAnswer.array(reports.all().entries().values(), ReportRoutes::writeName, out));
    }

    private HttpAnswer entry(String key) throws RefusedRequest {
        var held = reports.all().find(key).orElseThrow(() -> new RefusedRequest(404, "not found"));
        return JsonAnswer.ok(out -> write(held.entry(), out));
    }

    private HttpAnswer put(Visit visit) throws RefusedRequest, IOException, InterruptedException {
        var key = key(visit);
        visit.require(Permission.WRITE_REPORT, key);
        var expected = ifMatch(visit);
        writers.acquire();
        try {
            var body = parse(visit.body(MAX_BODY));
            var contentType = body.path("content_type").asText("");
            if (contentType.isBlank()) {
                throw new RefusedRequest(400, "content_type is required");
            }
            var payload = body.get("payload");
            if (payload == null) {
                throw new RefusedRequest(400, "payload must be valid JSON");
            }
            return answer(stored(key, contentType, payload.toString(), expected));
        } finally {
            writers.release();
        }
    }

    private HttpAnswer delete(Visit visit) throws RefusedRequest {
        var key = key(visit);
        visit.require(Permission.DELETE_REPORT, key);
        try {
            return answer(reports.delete(key, ifMatch(visit)));
        } catch (IOException refused) {
            throw diskRefuses(refused);
        }
    }

    private Outcome stored(String key, String contentType, String payload, OptionalLong expected)
            throws RefusedRequest {
        try {
            return reports.put(key, contentType, payload, expected);
        } catch (IOException refused) {
            throw diskRefuses(refused);
        }
    }

    private static RefusedRequest diskRefuses(IOException refused) {
        LOG.atWarn().addKeyValue("reason", refused.toString()).log("report of the node API cannot be stored");
        return new RefusedRequest(503, "report cannot be stored");
    }

    private static HttpAnswer answer(Outcome outcome) throws RefusedRequest {
        return switch (outcome) {
            case Outcome.Stored(var entry) -> JsonAnswer.ok(out -> write(entry, out));
            case Outcome.Deleted _ -> HttpAnswer.empty();
            case Outcome.Unknown _ -> throw new RefusedRequest(404, "not found");
            case Outcome.Conflict _ -> throw new RefusedRequest(409, "version conflict");
            case Outcome.HeldElsewhere _ ->
                throw new RefusedRequest(409, "report is in the status of the PlexdNodeState, delete it there");
            case Outcome.Full _ -> throw new RefusedRequest(507, "too many or too large reports on this node");
        };
    }

    /** The whole integer, with or without the quotes of an entity tag. */
    private static OptionalLong ifMatch(Visit visit) throws RefusedRequest {
        var header = visit.request().head().header("if-match");
        if (header.isEmpty()) {
            return OptionalLong.empty();
        }
        var text = header.get().replaceAll("^\"|\"$", "");
        if (!text.matches("\\d{1,18}")) {
            throw new RefusedRequest(400, "If-Match must be an integer");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static JsonNode parse(byte[] body) throws RefusedRequest {
        try {
            var json = MAPPER.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException notJson) {
            LOG.atDebug().log("report with a body that is no JSON");
        }
        throw new RefusedRequest(400, "invalid JSON body");
    }

    static void writeName(Held held, JsonGenerator out) throws IOException {
        StateRoutes.writeVersion(held.entry().key(), held.entry().version(), out);
    }

    private static void write(ReportEntry entry, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("key", entry.key());
        out.writeStringField("content_type", entry.contentType());
        out.writeFieldName("payload");
        out.writeRawValue(entry.payloadJson());
        out.writeNumberField("version", entry.version());
        out.writeStringField(
                "updated_at", entry.updatedAt().orElse(Instant.EPOCH).toString());
        out.writeEndObject();
    }
}
