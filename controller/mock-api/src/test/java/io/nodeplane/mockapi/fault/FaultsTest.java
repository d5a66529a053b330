package io.nodeplane.mockapi.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultsTest {
    private final SettableClock clock = new SettableClock();
    private final Faults faults = new Faults(clock);

    @ParameterizedTest
    @CsvSource({
        "*, POST, /v1/nodes/n/metrics, true",
        "*, POST, /local/metrics, true",
        "*, GET, /v1/ping, false",
        "*, GET, /test/assertions, false",
        "GET /v1/ping, GET, /v1/ping, true",
        "* /v1/**, PUT, /v1/nodes/n/capabilities, true",
        "* /v1/**, GET, /v1/ping, false",
        "* /v1/**, POST, /local/logs, false",
        "POST /v1/nodes/*/metrics, POST, /v1/nodes/n/metrics, true",
        "POST /v1/nodes/*/metrics, GET, /v1/nodes/n/metrics, false",
        "POST /v1/nodes/*/metrics, POST, /v1/nodes/n/logs, false",
        "POST /v1/nodes/*/metrics, POST, /v1/nodes/n/metrics/more, false",
        "POST /v1/nodes/*/metrics, POST, /v1/nodes/n, false",
        "* /test/**, GET, /test/assertions, false",
        "*, GET, /, false",
        "*, GET, /page/page.js, false",
    })
    void patternsHitTheirRoutes(String route, String method, String path, boolean hit) {
        faults.add(Fault.on(route).status(503));

        assertEquals(hit, faults.hit(method, path).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POST", "/v1/register", "POST v1/register", " /v1"})
    void refusesOtherPatterns(String route) {
        assertThrows(IllegalArgumentException.class, () -> Fault.on(route));
    }

    @Test
    void hitsAsOftenAsAskedThenLetsTheNextOneHit() {
        faults.add(Fault.on("*").status(503).times(2), Fault.on("*").status(500).times(1));

        var statuses = List.of(status(), status(), status(), status());

        assertEquals(List.of(503, 503, 500, 0), statuses);
        assertEquals(
                List.of(2, 1), faults.list().stream().map(Faults.Active::hits).toList());
    }

    private int status() {
        return faults.hit("POST", "/v1/register")
                .map(fault -> fault.status().orElseThrow())
                .orElse(0);
    }

    @Test
    void endsAfterItsDuration() {
        faults.add(Fault.on("*").status(503).lasting(Duration.ofSeconds(10)));

        clock.advance(Duration.ofMillis(9_999));
        assertEquals(503, status());
        clock.advance(Duration.ofMillis(1));

        assertEquals(0, status());
        assertTrue(faults.list().isEmpty());
    }

    @Test
    void clearsOneRouteOrAll() {
        faults.add(Fault.on("GET /a").status(500), Fault.on("GET /b").status(500));

        faults.clear("GET /a");
        assertEquals(1, faults.list().size());
        faults.clear();

        assertTrue(faults.list().isEmpty());
    }

    @Test
    void refusesValuesOutOfRangeByName() {
        assertFault("status", () -> Fault.on("*").status(99));
        assertFault("times", () -> Fault.on("*").times(0));
        assertFault("body_size", () -> Fault.on("*").bodySize(1 << 30));
        assertFault("truncate", () -> Fault.on("*").truncate(-1));
        assertFault("delay", () -> Fault.on("*").delay(Duration.ofSeconds(-1)));
        assertFault("duration", () -> Fault.on("*").lasting(Duration.ZERO));
        assertFault("body, body_size", () -> Fault.on("*").body("x").bodySize(1));
    }

    private static void assertFault(String field, Runnable change) {
        var thrown = assertThrows(IllegalArgumentException.class, change::run);
        assertTrue(String.valueOf(thrown.getMessage()).startsWith(field + ":"), thrown.getMessage());
    }
}
