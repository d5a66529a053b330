package io.nodeplane.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class RecentLogTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    @Test
    void keepsTheNewestLinesAsTheyWerePrinted() {
        var log = new RecentLog(2, 1000);

        for (var word : List.of("one", "two", "three")) {
            log.accept(event(word, NOON));
        }

        assertEquals(
                List.of(
                        "time=2026-02-20T12:00:00.000Z level=info logger=plexd.x msg=\"two\" key=\"a b\"\n",
                        "time=2026-02-20T12:00:00.000Z level=info logger=plexd.x msg=\"three\" key=\"a b\"\n"),
                log.newest(10, Instant.MIN));
        assertEquals(1, log.newest(1, Instant.MIN).size());
    }

    @Test
    void isBoundedInCharactersToo() {
        var log = new RecentLog(100, 200);

        log.accept(event("short", NOON));
        log.accept(event("x".repeat(300), NOON));
        assertEquals(1, log.newest(10, Instant.MIN).size());
        log.accept(event("y".repeat(100), NOON));

        var left = log.newest(10, Instant.MIN);
        assertEquals(1, left.size());
        assertEquals(true, left.getFirst().contains("yyy"));
    }

    @Test
    void leavesOutWhatIsOlder() {
        var log = new RecentLog(10, 1000);
        log.accept(event("old", NOON.minusSeconds(1)));
        log.accept(event("new", NOON));

        assertEquals(1, log.newest(10, NOON).size());
    }

    private static LogEvent event(String message, Instant at) {
        return new LogEvent(at, Level.INFO, "plexd.x", message, Map.of("key", "a b"), "");
    }
}
