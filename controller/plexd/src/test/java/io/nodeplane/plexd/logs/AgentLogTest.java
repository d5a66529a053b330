package io.nodeplane.plexd.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.runtime.logging.LogEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class AgentLogTest {
    private static final Instant NOW = Instant.parse("2026-02-20T12:00:00Z");

    private final AgentLog log = new AgentLog("node-1");
    private final List<LogRecord> records = new ArrayList<>();

    private static LogEvent event(String logger, Level level, Map<String, String> fields) {
        return new LogEvent(NOW, level, logger, "agent started", fields, "");
    }

    @Test
    void tellsTheAgentsLines() throws IOException, InterruptedException {
        var fields = new LinkedHashMap<String, String>();
        fields.put("node", "n-1");
        fields.put("reason", "say \"hi\"");
        log.accept(event("app.Agent", Level.INFO, fields));

        log.collect(records::addAll);
        log.collect(records::addAll);

        var message = "agent started node=n-1 reason=\"say \\\"hi\\\"\"";
        assertEquals(List.of(new LogRecord(NOW, "agent", "plexd", message, Severity.INFO, "node-1")), records);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plexd.pipeline.Leg",
                "plexd.http.HttpApiClient",
                "plexd.seed.SeedContract",
                "plexd.local.LocalOutlet",
                "plexd.secrets.SecretCache",
                "plexd.logs.Journal",
                "jdk.internal.httpclient.debug"
            })
    void leavesOutWhatForwardingSays(String logger) throws IOException, InterruptedException {
        log.accept(event(logger, Level.WARN, Map.of()));

        log.collect(records::addAll);

        assertEquals(List.of(), records);
    }

    @ParameterizedTest
    @CsvSource({"ERROR,ERROR", "WARN,WARNING", "INFO,INFO", "DEBUG,DEBUG", "TRACE,DEBUG"})
    void translatesLevels(Level level, Severity severity) throws IOException, InterruptedException {
        log.accept(event("app.Agent", level, Map.of()));

        log.collect(records::addAll);

        assertEquals(severity, records.getFirst().severity());
    }

    @Test
    void saysHowManyLinesItCouldNotKeep() throws IOException, InterruptedException {
        for (var i = 0; i < 1005; i++) {
            log.accept(event("app.Agent", Level.INFO, Map.of()));
        }

        log.collect(records::addAll);

        var told = records.stream()
                .filter(each -> each.severity() == Severity.WARNING)
                .map(LogRecord::message)
                .toList();
        assertEquals(List.of("agent logged faster than collected, lines dropped: 5"), told);
        assertEquals(1001, records.size());
    }
}
