package io.nodeplane.plexd.metrics;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.nodeplane.plexd.pipeline.RecordJson;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code {timestamp, group, data}}, timestamp in RFC 3339 (protocol facts 5.3). */
public final class MetricJson extends RecordJson<MetricRecord> {
    /** A stateless codec. */
    public MetricJson() {}

    @Override
    protected int weight(MetricRecord metric) {
        return 128 + 96 * metric.data().size();
    }

    @Override
    protected void write(MetricRecord metric, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("timestamp", metric.timestamp().toString());
        out.writeStringField("group", metric.group());
        out.writeObjectFieldStart("data");
        for (var each : metric.data().entrySet()) {
            writeNumber(each.getKey(), each.getValue(), out);
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void writeNumber(String name, Number value, JsonGenerator out) throws IOException {
        if (value instanceof Double || value instanceof Float) {
            // JSON has no NaN and no infinity: such a number is not sent.
            if (Double.isFinite(value.doubleValue())) {
                out.writeNumberField(name, value.doubleValue());
            }
            return;
        }
        out.writeNumberField(name, value.longValue());
    }

    @Override
    protected MetricRecord read(JsonParser in) throws IOException {
        @Nullable Instant timestamp = null;
        @Nullable String group = null;
        Map<String, Number> data = Map.of();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var member = in.currentName();
            in.nextToken();
            switch (member) {
                case "timestamp" -> timestamp = Instant.parse(in.getText());
                case "group" -> group = in.getText();
                case "data" -> data = readNumbers(in);
                default -> in.skipChildren();
            }
        }
        return new MetricRecord(required(timestamp, "timestamp"), required(group, "group"), data);
    }

    private static Map<String, Number> readNumbers(JsonParser in) throws IOException {
        var data = new LinkedHashMap<String, Number>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var name = in.currentName();
            in.nextToken();
            data.put(name, in.getNumberValue());
        }
        return data;
    }
}
