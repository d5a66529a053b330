package io.nodeplane.plexd.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-02-20T12:00:00Z");

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0                             | PT0S",
                "7                             | PT7S",
                " 120                          | PT2M",
                "99999999999999999999          | PT1H",
                "Fri, 20 Feb 2026 12:00:30 GMT | PT30S",
                "Fri, 20 Feb 2026 11:59:00 GMT | PT0S",
                "Sat, 20 Feb 2027 12:00:00 GMT | PT1H"
            })
    void readsSecondsAndDates(String header, Duration pause) {
        assertEquals(pause, RetryAfter.pause(header, NOW));
    }

    @ParameterizedTest(name = "\"{0}\" tells nothing")
    @ValueSource(strings = {"", " ", "soon", "-5", "1.5", "2026-02-20T12:00:30Z"})
    void ignoresWhatIsNeither(String header) {
        assertNull(RetryAfter.pause(header, NOW));
    }
}
