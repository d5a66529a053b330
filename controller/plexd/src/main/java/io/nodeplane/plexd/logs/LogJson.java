package io.nodeplane.plexd.logs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.nodeplane.plexd.pipeline.RecordJson;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;

/** {@code {timestamp, source, unit, message, severity, hostname}} (protocol facts 5.4). */
public final class LogJson extends RecordJson<LogRecord> {
    /** A stateless codec. */
    public LogJson() {}

    @Override
    protected int weight(LogRecord log) {
        return 200 + log.unit().length() + log.message().length();
    }

    @Override
    protected void write(LogRecord log, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("timestamp", log.timestamp().toString());
        out.writeStringField("source", log.source());
        out.writeStringField("unit", log.unit());
        out.writeStringField("message", log.message());
        out.writeStringField("severity", log.severity().wireName());
        out.writeStringField("hostname", log.hostname());
        out.writeEndObject();
    }

    @Override
    protected LogRecord read(JsonParser in) throws IOException {
        var members = new HashMap<String, String>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var member = in.currentName();
            in.nextToken();
            members.put(member, in.getText());
        }
        return new LogRecord(
                Instant.parse(required(members.get("timestamp"), "timestamp")),
                required(members.get("source"), "source"),
                required(members.get("unit"), "unit"),
                required(members.get("message"), "message"),
                severity(required(members.get("severity"), "severity")),
                required(members.get("hostname"), "hostname"));
    }

    private static Severity severity(String wireName) {
        for (var each : Severity.values()) {
            if (each.wireName().equals(wireName)) {
                return each;
            }
        }
        return Severity.INFO;
    }
}
