package io.nodeplane.mockapi.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PulseTest {
    private static final Instant NOW = Instant.parse("2026-02-20T12:00:00Z");

    private static Instant before(long seconds) {
        return NOW.minusSeconds(seconds);
    }

    /** Beats so many seconds ago, newest first. */
    private static Pulse pulse(String status, long... beats) {
        var times = Arrays.stream(beats).mapToObj(PulseTest::before).toList();
        return new Pulse(times.stream().findFirst(), times, status, Optional.empty());
    }

    @ParameterizedTest(name = "{0} s after a heartbeat each {1} s: {2}")
    @CsvSource({
        "0, 30, HEALTHY",
        "60, 30, HEALTHY",
        "61, 30, LATE",
        "150, 30, LATE",
        "151, 30, SILENT",
        "10, 5, HEALTHY",
        "11, 5, LATE",
        "26, 5, SILENT",
    })
    void isJudgedByItsOwnRhythm(long age, long rhythm, Pulse.Condition expected) {
        assertEquals(
                expected, pulse("healthy", age, age + rhythm, age + 2 * rhythm).condition(NOW));
    }

    @Test
    void oneRetryOrOneOutageDoesNotChangeTheRhythm() {
        assertEquals(Duration.ofSeconds(30), pulse("", 1, 31, 33, 63).rhythm());
        assertEquals(Duration.ofSeconds(30), pulse("", 1, 31, 331, 361).rhythm());
        assertEquals(Duration.ofSeconds(60), pulse("", 1, 901).rhythm(), "no longer than a minute");
        assertEquals(Duration.ofSeconds(1), pulse("", 1, 1, 1).rhythm(), "no shorter than a second");
        assertEquals(Duration.ofSeconds(30), pulse("", 1).rhythm(), "not known yet");
    }

    @Test
    void theNodesOwnWordCountsWhileItIsHeard() {
        assertEquals(Pulse.Condition.DEGRADED, pulse("degraded", 5, 35).condition(NOW));
        assertEquals(Pulse.Condition.LATE, pulse("degraded", 65, 95).condition(NOW));
    }

    @Test
    void aNodeThatRegisteredOnlyIsNew() {
        assertEquals(Pulse.Condition.NEW, pulse("").condition(NOW));
    }

    @Test
    void aNodeThatSaidGoodByeHasLeftUntilItIsHeardAgain() {
        var beats = List.of(before(40), before(70));

        var left = new Pulse(Optional.of(before(40)), beats, "healthy", Optional.of(before(20)));
        var back = new Pulse(Optional.of(before(10)), beats, "healthy", Optional.of(before(20)));

        assertEquals(Pulse.Condition.LEFT, left.condition(NOW));
        assertEquals(Pulse.Condition.HEALTHY, back.condition(NOW));
    }
}
