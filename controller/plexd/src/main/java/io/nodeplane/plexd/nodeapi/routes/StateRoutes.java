package io.nodeplane.plexd.nodeapi.routes;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nodeplane.plexd.nodeapi.services.ServedState;
import io.nodeplane.plexd.report.NodeReports;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.state.NodeState.SecretRef;
import io.nodeplane.runtime.http.HttpAnswer;
import io.nodeplane.runtime.http.RefusedRequest;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** {@code /v1/state}, its metadata and its data. */
record StateRoutes(ServedState state, NodeReports reports) {
    List<Route> all() {
        return List.of(
                Route.of("GET", "state", _ -> overview()),
                Route.of("GET", "state/metadata", _ -> metadata()),
                Route.of("GET", "state/metadata/*", visit -> label(visit.key())),
                Route.of("GET", "state/data", _ -> data()),
                Route.of("GET", "state/data/*", visit -> entry(visit.key())));
    }

    private HttpAnswer overview() throws RefusedRequest {
        var now = state.require();
        return JsonAnswer.ok(out -> {
            out.writeStartObject();
            out.writeFieldName("metadata");
            write(new TreeMap<>(now.metadata()), out);
            out.writeFieldName("data_keys");
            JsonAnswer.array(now.data(), StateRoutes::writeName, out);
            out.writeFieldName("secret_keys");
            JsonAnswer.array(now.secretRefs(), StateRoutes::writeRef, out);
            out.writeFieldName("report_keys");
            JsonAnswer.array(reports.all().entries().values(), ReportRoutes::writeName, out);
            out.writeEndObject();
        });
    }

    private HttpAnswer metadata() throws RefusedRequest {
        var labels = new TreeMap<>(state.require().metadata());
        return JsonAnswer.ok(out -> write(labels, out));
    }

    private HttpAnswer label(String key) throws RefusedRequest {
        var value = state.require().metadata().get(key);
        if (value == null) {
            throw new RefusedRequest(404, "not found");
        }
        return JsonAnswer.ok(out -> {
            out.writeStartObject();
            out.writeStringField("key", key);
            out.writeStringField("value", value);
            out.writeEndObject();
        });
    }

    private HttpAnswer data() throws RefusedRequest {
        var entries = state.require().data();
        return JsonAnswer.ok(out -> JsonAnswer.array(entries, StateRoutes::writeName, out));
    }

    private HttpAnswer entry(String key) throws RefusedRequest {
        var entry = state.require().data().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new RefusedRequest(404, "not found"));
        return JsonAnswer.ok(out -> {
            out.writeStartObject();
            out.writeStringField("key", entry.key());
            out.writeStringField("content_type", entry.contentType());
            out.writeFieldName("payload");
            out.writeRawValue(entry.payloadJson());
            out.writeNumberField("version", entry.version());
            out.writeStringField("updated_at", entry.updatedAt().toString());
            out.writeEndObject();
        });
    }

    private static void write(TreeMap<String, String> labels, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (var label : labels.entrySet()) {
            out.writeStringField(label.getKey(), label.getValue());
        }
        out.writeEndObject();
    }

    private static void writeName(DataEntry entry, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("key", entry.key());
        out.writeNumberField("version", entry.version());
        out.writeStringField("content_type", entry.contentType());
        out.writeEndObject();
    }

    /** Name and version, as secrets and reports are listed. */
    static void writeVersion(String key, long version, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("key", key);
        out.writeNumberField("version", version);
        out.writeEndObject();
    }

    static void writeRef(SecretRef ref, JsonGenerator out) throws IOException {
        writeVersion(ref.key(), ref.version(), out);
    }
}
