package io.nodeplane.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "10s, PT10S, 10s",
        "1m30s, PT1M30S, 1m30s",
        "90s, PT1M30S, 1m30s",
        "500ms, PT0.5S, 500ms",
        "1.5h, PT1H30M, 1h30m",
        "0, PT0S, 0s",
        "0s, PT0S, 0s",
        "1500us, PT0.0015S, 1.5ms",
        "7µs, PT0.000007S, 7µs",
        "3ns, PT0.000000003S, 3ns",
        ".5s, PT0.5S, 500ms",
        "2m0.25s, PT2M0.25S, 2m0.25s",
        "-5s, PT-5S, -5s",
        "+1h, PT1H, 1h",
    })
    void readsAndWritesWhatGoDoes(String text, Duration expected, String shortest) {
        assertEquals(Optional.of(expected), GoDuration.parse(text));
        assertEquals(shortest, GoDuration.format(expected));
        assertEquals(Optional.of(expected), GoDuration.parse(shortest));
    }

    @ParameterizedTest
    @CsvSource({"''", "10", "s", "10 s", "10sec", "1d", "PT10S", "-", "1..5s", ".s", "9999999999h", "1m-3s", "ten"})
    void refusesWhatGoRefuses(String text) {
        assertEquals(Optional.empty(), GoDuration.parse(text));
    }
}
