package io.nodeplane.mockapi.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Rfc3339Test {
    @ParameterizedTest
    @CsvSource({
        "2026-02-20T12:00:00Z, 2026-02-20T12:00:00Z",
        "2026-02-20T12:00:00.120000Z, 2026-02-20T12:00:00.12Z",
        "2026-02-20T12:00:00.000Z, 2026-02-20T12:00:00Z",
        "2026-02-20T12:00:00.123456789+00:00, 2026-02-20T12:00:00.123456789Z",
        "2026-02-20T12:00:00.5+05:30, 2026-02-20T12:00:00.5+05:30",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    })
    void rendersAsGoDoes(String text, String expected) {
        assertEquals(expected, Rfc3339.format(Rfc3339.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-02-20",
                "2026-02-20T12:00Z",
                "2026-02-20 12:00:00Z",
                "2026-02-20T12:00:00",
                "2026-02-30T12:00:00Z",
                "2026-02-20T12:00:00.1234567890Z"
            })
    void refusesOtherForms(String text) {
        assertFalse(Rfc3339.matches(text));
    }
}
