package io.nodeplane.plexd.seed;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.capabilities.Capabilities.Action;
import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import io.nodeplane.plexd.capabilities.Capabilities.Parameter;
import io.nodeplane.plexd.dataplane.DataPlaneStatus;
import io.nodeplane.plexd.heartbeat.Heartbeat;
import io.nodeplane.plexd.state.DriftReports.Drift;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.wire.GoText;
import io.nodeplane.plexd.wire.JsonBody;
import java.io.IOException;
import java.util.List;

/** Request bodies of the seeds' contract; lists are always arrays, never {@code null} (protocol facts 4.3 to 5.2). */
final class SeedBodies {
    private SeedBodies() {}

    static byte[] heartbeat(Heartbeat heartbeat) {
        return JsonBody.object(out -> {
            out.writeStringField("node_id", heartbeat.nodeId().value());
            out.writeStringField("timestamp", heartbeat.at().toString());
            out.writeStringField("status", heartbeat.healthy() ? "healthy" : "degraded");
            out.writeStringField("uptime", GoText.duration(heartbeat.uptime()));
            out.writeStringField("binary_checksum", heartbeat.binaryChecksum());
            writeMesh(heartbeat.dataPlane(), out);
        });
    }

    private static void writeMesh(DataPlaneStatus status, JsonGenerator out) throws IOException {
        switch (status) {
            case DataPlaneStatus.Running running -> {
                out.writeObjectFieldStart("mesh");
                out.writeStringField("interface", running.interfaceName());
                out.writeNumberField("peer_count", running.peers());
                out.writeNumberField("listen_port", running.listenPort());
                out.writeEndObject();
            }
            case DataPlaneStatus.Unavailable _ -> {
                // The contract says "no mesh here" by leaving the member out; it has no word for the reason.
            }
        }
    }

    static byte[] capabilities(Capabilities capabilities) {
        return JsonBody.object(out -> {
            out.writeObjectFieldStart("binary");
            out.writeStringField("version", capabilities.version());
            out.writeStringField("checksum", capabilities.checksum());
            out.writeEndObject();
            out.writeArrayFieldStart("builtin_actions");
            for (var action : capabilities.builtinActions()) {
                writeAction(action, out);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("hooks");
            for (var hook : capabilities.hooks()) {
                writeHook(hook, out);
            }
            out.writeEndArray();
        });
    }

    private static void writeHook(Hook hook, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", hook.name());
        out.writeStringField("description", hook.description());
        out.writeStringField("source", hook.source());
        out.writeStringField("checksum", hook.checksum());
        writeParameters(hook.parameters(), out);
        out.writeStringField("timeout", hook.timeout().map(GoText::duration).orElse(""));
        out.writeBooleanField("sandbox", hook.sandbox());
        out.writeEndObject();
    }

    private static void writeAction(Action action, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", action.name());
        out.writeStringField("description", action.description());
        writeParameters(action.parameters(), out);
        out.writeEndObject();
    }

    private static void writeParameters(List<Parameter> parameters, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("parameters");
        for (var parameter : parameters) {
            writeParameter(parameter, out);
        }
        out.writeEndArray();
    }

    private static void writeParameter(Parameter parameter, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", parameter.name());
        out.writeStringField("type", parameter.type());
        out.writeBooleanField("required", parameter.required());
        if (!parameter.defaultValue().isEmpty()) {
            out.writeStringField("default", parameter.defaultValue());
        }
        out.writeStringField("description", parameter.description());
        out.writeEndObject();
    }

    static byte[] drift(Drift drift) {
        return JsonBody.object(out -> {
            out.writeStringField("timestamp", drift.at().toString());
            out.writeArrayFieldStart("corrections");
            for (var correction : drift.corrections()) {
                out.writeStartObject();
                out.writeStringField("type", correction.type());
                out.writeStringField("detail", correction.detail());
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    static byte[] report(List<DataEntry> changed, List<String> deleted) {
        return JsonBody.object(out -> {
            out.writeArrayFieldStart("entries");
            for (var entry : changed) {
                writeEntry(entry, out);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("deleted");
            for (var key : deleted) {
                out.writeString(key);
            }
            out.writeEndArray();
        });
    }

    private static void writeEntry(DataEntry entry, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("key", entry.key());
        out.writeStringField("content_type", entry.contentType());
        out.writeFieldName("payload");
        out.writeRawValue(entry.payloadJson());
        out.writeNumberField("version", entry.version());
        out.writeStringField("updated_at", entry.updatedAt().toString());
        out.writeEndObject();
    }
}
