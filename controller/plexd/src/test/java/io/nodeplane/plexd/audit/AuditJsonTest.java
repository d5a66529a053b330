package io.nodeplane.plexd.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditJsonTest {
    private final AuditJson json = new AuditJson();

    @Test
    void writesTheWireFormOfTheFacts() {
        var audit = new AuditRecord(
                Instant.parse("2026-02-20T12:00:00Z"),
                "process",
                "process_start",
                "{\"pid\":7}",
                "\"plexd\"",
                "start",
                "success",
                "node-1",
                "");

        assertEquals(
                "[{\"timestamp\":\"2026-02-20T12:00:00Z\",\"source\":\"process\",\"event_type\":\"process_start\","
                        + "\"subject\":{\"pid\":7},\"object\":\"plexd\",\"action\":\"start\",\"result\":\"success\","
                        + "\"hostname\":\"node-1\",\"raw\":\"\"}]",
                new String(json.array(List.of(audit)), UTF_8));
    }

    @Test
    void readsWhatItWrote() throws IOException {
        var audit = new AuditRecord(
                Instant.parse("2026-02-20T12:00:00.123456Z"),
                "k8s-audit",
                "create",
                "{\"username\":\"admin \\u0000\",\"groups\":[\"a\",\"b\"]}",
                "\"default/pods/web-1\"",
                "create",
                "failure",
                "node-1",
                "{\"verb\":\"create\",\"x\":\"ü\\n\"}");

        assertEquals(audit, json.parse(json.object(audit)));
    }
}
