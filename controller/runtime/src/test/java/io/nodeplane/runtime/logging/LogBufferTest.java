package io.nodeplane.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LogBufferTest {
    @Test
    void givesEventsOldestFirstAndOnlyOnce() {
        var buffer = new LogBuffer(3);
        buffer.accept(event("a"));
        buffer.accept(event("b"));

        assertEquals(List.of(event("a")), buffer.drain(1));
        assertEquals(List.of(event("b")), buffer.drain(9));
        assertEquals(List.of(), buffer.drain(9));
    }

    @Test
    void dropsTheOldestWhenFullAndCountsIt() {
        var buffer = new LogBuffer(2);
        List.of("a", "b", "c", "d").forEach(message -> buffer.accept(event(message)));

        assertEquals(List.of(event("c"), event("d")), buffer.drain(9));
        assertEquals(2, buffer.dropped());
    }

    @Test
    void refusesACapacityThatHoldsNothing() {
        assertThrows(IllegalArgumentException.class, () -> new LogBuffer(0));
    }

    private static LogEvent event(String message) {
        return new LogEvent(Instant.EPOCH, Level.INFO, "x", message, Map.of(), "");
    }
}
