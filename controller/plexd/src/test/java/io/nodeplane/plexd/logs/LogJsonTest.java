package io.nodeplane.plexd.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogJsonTest {
    private final LogJson json = new LogJson();

    @Test
    void writesTheWireFormOfTheFacts() {
        var log = new LogRecord(
                Instant.parse("2026-02-20T12:00:00Z"), "agent", "plexd", "a \"b\"\n<ü>", Severity.ERROR, "node-1");

        assertEquals(
                "[{\"timestamp\":\"2026-02-20T12:00:00Z\",\"source\":\"agent\",\"unit\":\"plexd\","
                        + "\"message\":\"a \\\"b\\\"\\n<ü>\",\"severity\":\"err\",\"hostname\":\"node-1\"}]",
                new String(json.array(List.of(log)), UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrote(Severity severity) throws IOException {
        var log = new LogRecord(Instant.parse("2026-02-20T12:00:00.000001Z"), "file", "/a/b", "\u0000x", severity, "n");

        assertEquals(log, json.parse(json.object(log)));
    }
}
