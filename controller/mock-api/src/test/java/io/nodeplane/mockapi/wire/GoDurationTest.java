package io.nodeplane.mockapi.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoDurationTest {
    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "1m30s, PT1M30S", "500ms, PT0.5S", "1.5h, PT1H30M", "2us, PT0.000002S", "0s, PT0S"})
    void readsGoDurations(String text, Duration expected) {
        assertEquals(expected, GoDuration.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1s", "1s ", "s", "1m30", "1d"})
    void refusesOtherTexts(String text) {
        assertThrows(IllegalArgumentException.class, () -> GoDuration.parse(text));
    }
}
