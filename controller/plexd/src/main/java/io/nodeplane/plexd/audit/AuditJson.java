package io.nodeplane.plexd.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.nodeplane.plexd.pipeline.RecordJson;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HashMap;

/**
 * {@code {timestamp, source, event_type, subject, object, action, result, hostname, raw}}; subject and object are JSON of
 * any kind, raw is a string (protocol facts 5.5).
 */
public final class AuditJson extends RecordJson<AuditRecord> {
    /** A stateless codec. */
    public AuditJson() {}

    @Override
    protected int weight(AuditRecord audit) {
        return 400
                + audit.subjectJson().length()
                + audit.objectJson().length()
                + audit.raw().length();
    }

    @Override
    protected void write(AuditRecord audit, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("timestamp", audit.timestamp().toString());
        out.writeStringField("source", audit.source());
        out.writeStringField("event_type", audit.eventType());
        out.writeFieldName("subject");
        out.writeRawValue(audit.subjectJson());
        out.writeFieldName("object");
        out.writeRawValue(audit.objectJson());
        out.writeStringField("action", audit.action());
        out.writeStringField("result", audit.result());
        out.writeStringField("hostname", audit.hostname());
        out.writeStringField("raw", audit.raw());
        out.writeEndObject();
    }

    @Override
    protected AuditRecord read(JsonParser in) throws IOException {
        var members = new HashMap<String, String>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var member = in.currentName();
            in.nextToken();
            var isJson = member.equals("subject") || member.equals("object");
            members.put(member, isJson ? copy(in) : in.getText());
        }
        return new AuditRecord(
                Instant.parse(required(members.get("timestamp"), "timestamp")),
                required(members.get("source"), "source"),
                required(members.get("event_type"), "event_type"),
                required(members.get("subject"), "subject"),
                required(members.get("object"), "object"),
                required(members.get("action"), "action"),
                required(members.get("result"), "result"),
                required(members.get("hostname"), "hostname"),
                required(members.get("raw"), "raw"));
    }

    private static String copy(JsonParser in) throws IOException {
        var text = new StringWriter();
        try (var out = FACTORY.createGenerator(text)) {
            out.copyCurrentStructure(in);
        }
        return text.toString();
    }
}
