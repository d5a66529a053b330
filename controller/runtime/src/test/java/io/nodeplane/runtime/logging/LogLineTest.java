package io.nodeplane.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LogLineTest {
    private static final Instant AT = Instant.parse("2026-02-20T12:00:00.120Z");

    @Test
    void writesTimeLevelLoggerMessageAndFieldsInOrder() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("node", "n-1");
        fields.put("took_ms", "12");

        var line = LogLine.of(new LogEvent(AT, Level.INFO, "plexd.Up", "node registered", fields, ""));

        assertEquals(
                "time=2026-02-20T12:00:00.120Z level=info logger=plexd.Up msg=\"node registered\" node=n-1 took_ms=12\n",
                line);
    }

    @Test
    void quotesWhatWouldBreakALineOrATerminal() {
        var fields = Map.of("k e=y", "a\"b\\c\nd\u001b[31m");

        var line = LogLine.of(new LogEvent(AT, Level.WARN, "x", "m", fields, ""));

        assertEquals(
                "time=2026-02-20T12:00:00.120Z level=warn logger=x msg=\"m\" k_e_y=\"a\\\"b\\\\c\\nd\\u001b[31m\"\n",
                line);
    }

    @Test
    void writesAnEmptyValueAsQuotes() {
        var line = LogLine.of(new LogEvent(AT, Level.DEBUG, "x", "m", Map.of("k", ""), ""));

        assertEquals("time=2026-02-20T12:00:00.120Z level=debug logger=x msg=\"m\" k=\"\"\n", line);
    }

    @Test
    void putsTheStackTraceBehindTheLine() {
        var line = LogLine.of(new LogEvent(AT, Level.ERROR, "x", "m", Map.of(), "java.io.IOException\n\tat A\n"));

        assertEquals(
                "time=2026-02-20T12:00:00.120Z level=error logger=x msg=\"m\"\n    java.io.IOException\n    \tat A\n",
                line);
    }
}
