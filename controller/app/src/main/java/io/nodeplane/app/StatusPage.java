package io.nodeplane.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.nodeplane.plexd.dataplane.DataPlaneStatus;
import io.nodeplane.runtime.health.Page;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code /status}: the standing as JSON, for {@code plexd status} and for people with curl. */
record StatusPage(Standing standing, PrometheusRegistry registry) implements Page {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public Answer answer() throws IOException {
        var bytes = new ByteArrayOutputStream(1024);
        try (var json = JSON.createGenerator(bytes)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            write(json);
            json.writeEndObject();
        }
        bytes.write('\n');
        return new Answer(200, "application/json", bytes.toString(StandardCharsets.UTF_8));
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStringField("version", Version.TEXT);
        time(json, "started_at", standing.startedAt());
        var unready = standing.unready();
        json.writeBooleanField("ready", unready.isEmpty());
        json.writeStringField("not_ready_reason", unready.orElse(""));
        controlPlane(json);
        var parts = standing.parts();
        if (parts.isPresent()) {
            write(json, parts.get());
        }
    }

    private void controlPlane(JsonGenerator json) throws IOException {
        var heartbeat = standing.heartbeat();
        json.writeObjectFieldStart("control_plane");
        json.writeStringField("url", standing.config().api().baseUrl().toString());
        json.writeBooleanField("reachable", heartbeat.acceptedAt() != null && heartbeat.failedAt() == null);
        time(json, "last_heartbeat_at", heartbeat.acceptedAt());
        json.writeStringField("failure", heartbeat.failure());
        json.writeEndObject();
    }

    private void write(JsonGenerator json, Standing.Parts parts) throws IOException {
        json.writeStringField("contract", parts.node().contract().word());
        json.writeStringField("node_id", parts.node().nodeId().value());
        json.writeStringField("mesh_ip", parts.node().meshIp());
        var events = parts.events().get();
        json.writeObjectFieldStart("events");
        json.writeStringField("mode", events.mode().name().toLowerCase(Locale.ROOT));
        time(json, "since", events.since());
        json.writeStringField("reason", events.reason());
        json.writeEndObject();
        json.writeObjectFieldStart("pipelines");
        for (var pipeline : PipelineFigures.in(registry).entrySet()) {
            json.writeObjectFieldStart(pipeline.getKey());
            json.writeNumberField("buffered", pipeline.getValue().buffered());
            json.writeNumberField("sent", pipeline.getValue().sent());
            json.writeNumberField("dropped", pipeline.getValue().dropped());
            json.writeEndObject();
        }
        json.writeEndObject();
        var nodeState = parts.nodeState().get();
        json.writeObjectFieldStart("node_state");
        json.writeStringField(
                "object", nodeState.map(Standing.NodeStateStanding::object).orElse(""));
        json.writeStringField(
                "standing", nodeState.map(Standing.NodeStateStanding::text).orElse("not in a cluster"));
        json.writeEndObject();
        json.writeStringField(
                "data_plane",
                switch (parts.dataPlane().get()) {
                    case DataPlaneStatus.Running running ->
                        running.interfaceName() + " with " + running.peers() + " peers";
                    case DataPlaneStatus.Unavailable unavailable -> "unavailable: " + unavailable.reason();
                });
    }

    private static void time(JsonGenerator json, String name, @Nullable Instant at) throws IOException {
        json.writeStringField(name, at == null ? "" : at.toString());
    }
}
