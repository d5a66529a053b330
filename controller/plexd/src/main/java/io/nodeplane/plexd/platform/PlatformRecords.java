package io.nodeplane.plexd.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nodeplane.plexd.audit.AuditRecord;
import io.nodeplane.plexd.logs.LogRecord;
import io.nodeplane.plexd.metrics.MetricRecord;
import io.nodeplane.plexd.wire.JsonBody;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Metrics, logs and audit records as the platform takes them (protocol facts 5.3 to 5.5, C wire). */
final class PlatformRecords {
    private static final Map<String, String> GROUPS = Map.of(
            "system", "node_resources",
            "agent", "agent_stats");
    private static final Map<String, String> AUDIT_SOURCES = Map.of("k8s-audit", "k8s", "auditd", "auditd");

    private final Curiosities curiosities;

    PlatformRecords(Curiosities curiosities) {
        this.curiosities = curiosities;
    }

    /** One sample per number. Empty when there is none to send: an empty array would be refused. */
    byte[] metrics(List<MetricRecord> batch) {
        var samples = batch.stream().anyMatch(this::hasSamples);
        return samples
                ? JsonBody.array(out -> {
                    for (var metric : batch) {
                        writeSamples(metric, out);
                    }
                })
                : new byte[0];
    }

    private boolean hasSamples(MetricRecord metric) {
        if (!GROUPS.containsKey(metric.group())) {
            curiosities.met("metric group that the control plane does not know: not sent", metric.group());
            return false;
        }
        return metric.data().values().stream().anyMatch(PlatformRecords::isFinite);
    }

    private static void writeSamples(MetricRecord metric, JsonGenerator out) throws IOException {
        var group = GROUPS.get(metric.group());
        if (group == null) {
            return;
        }
        for (var number : metric.data().entrySet()) {
            if (!isFinite(number.getValue())) {
                continue;
            }
            out.writeStartObject();
            out.writeStringField("group", group);
            out.writeStringField("name", number.getKey());
            writeValue(number.getValue(), out);
            out.writeStringField("timestamp", metric.timestamp().toString());
            out.writeEndObject();
        }
    }

    /** JSON has no NaN and no infinity: such a number is not sent. */
    private static boolean isFinite(Number number) {
        return Double.isFinite(number.doubleValue());
    }

    private static void writeValue(Number number, JsonGenerator out) throws IOException {
        if (number instanceof Double || number instanceof Float) {
            out.writeNumberField("value", number.doubleValue());
            return;
        }
        out.writeNumberField("value", number.longValue());
    }

    /** NDJSON; a line without a message says nothing and is left out. */
    byte[] logs(List<LogRecord> batch) {
        return JsonBody.lines(batch, (log, out) -> {
            if (log.message().isEmpty()) {
                return;
            }
            out.writeStartObject();
            out.writeStringField("severity", log.severity().wireName());
            writeUnlessEmpty("unit", log.unit(), out);
            writeUnlessEmpty("hostname", log.hostname(), out);
            out.writeStringField("message", log.message());
            out.writeStringField("timestamp", log.timestamp().toString());
            out.writeEndObject();
        });
    }

    /** NDJSON; the platform refuses a whole batch for one record of a source that it does not know. */
    byte[] audit(List<AuditRecord> batch) {
        return JsonBody.lines(batch, (audit, out) -> {
            var source = AUDIT_SOURCES.get(audit.source());
            if (source == null) {
                curiosities.met("audit source that the control plane does not take: not sent", audit.source());
                return;
            }
            out.writeStartObject();
            out.writeStringField("source", source);
            out.writeStringField("action", audit.action());
            out.writeStringField("outcome", audit.result());
            out.writeStringField("timestamp", audit.timestamp().toString());
            out.writeEndObject();
        });
    }

    private static void writeUnlessEmpty(String name, String text, JsonGenerator out) throws IOException {
        if (!text.isEmpty()) {
            out.writeStringField(name, text);
        }
    }
}
