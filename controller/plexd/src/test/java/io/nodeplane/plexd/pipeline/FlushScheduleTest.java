package io.nodeplane.plexd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlushScheduleTest {
    private static final Instant START = Instant.parse("2026-02-20T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "60, '2 30 60 120 180 '",
        "30, '2 30 60 90 120 '",
        "15, '2 15 30 45 60 '",
        "10, '2 10 20 30 40 '",
        "300, '2 30 300 600 900 '"
    })
    void isEarlyTwiceAndRegularThen(int interval, String expected) {
        var schedule = new FlushSchedule(START, Duration.ofSeconds(interval));

        var seconds = new StringBuilder();
        var at = START;
        for (var flush = 0; flush < 5; flush++) {
            at = schedule.after(at);
            seconds.append(Duration.between(START, at).toSeconds()).append(' ');
        }

        assertEquals(expected, seconds.toString());
    }

    @Test
    void leavesOutTicksThatWereMissed() {
        var schedule = new FlushSchedule(START, Duration.ofSeconds(60));

        assertEquals(START.plusSeconds(660), schedule.after(START.plusSeconds(601)));
    }
}
