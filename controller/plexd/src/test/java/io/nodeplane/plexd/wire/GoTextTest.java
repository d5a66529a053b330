package io.nodeplane.plexd.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTextTest {
    @ParameterizedTest(name = "{0} is printed as {1}")
    @CsvSource({
        "2026-02-20T12:00:00Z,               2026-02-20T12:00:00Z",
        "2026-02-20T12:00:00.120000Z,        2026-02-20T12:00:00.12Z",
        "2026-02-20T12:00:00.000000001Z,     2026-02-20T12:00:00.000000001Z",
        "2026-02-20T12:00:00.000Z,           2026-02-20T12:00:00Z",
        "2026-02-20T12:00:00+00:00,          2026-02-20T12:00:00Z",
        "2026-02-20T12:00:00.5+05:30,        2026-02-20T12:00:00.5+05:30",
        "2026-02-20T12:00:00-08:00,          2026-02-20T12:00:00-08:00",
        "0001-01-01T00:00:00Z,               0001-01-01T00:00:00Z"
    })
    void printsTimes(String received, String printed) {
        assertEquals(printed, GoText.time(OffsetDateTime.parse(received)));
    }

    @ParameterizedTest(name = "{0} is printed as {1}")
    @CsvSource({
        "PT0S, 0s",
        "PT1.234S, 1.234s",
        "PT2M, 2m0s",
        "PT59.5S, 59.5s",
        "PT1H, 1h0m0s",
        "PT26H3M4.05S, 26h3m4.05s"
    })
    void printsDurations(Duration duration, String printed) {
        assertEquals(printed, GoText.duration(duration));
    }
}
