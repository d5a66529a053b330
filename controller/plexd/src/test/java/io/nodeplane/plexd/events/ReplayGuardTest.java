package io.nodeplane.plexd.events;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayGuardTest {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    @Test
    void knowsANonceAgain() {
        var guard = new ReplayGuard(WINDOW, 10, Instant.EPOCH);

        assertTrue(guard.isFirst("a", NOON, NOON));
        assertFalse(guard.isFirst("a", NOON.plusSeconds(1), NOON.plusSeconds(1)));
        assertTrue(guard.isFirst("b", NOON, NOON.plusSeconds(1)));
    }

    @Test
    void forgetsAfterTheWindow() {
        var guard = new ReplayGuard(WINDOW, 10, Instant.EPOCH);
        guard.isFirst("a", NOON, NOON);

        var later = NOON.plus(WINDOW).plusSeconds(1);

        assertTrue(guard.isFirst("a", later, later));
    }

    @Test
    void refusesWhatTheLastProcessHasSeen() {
        var guard = new ReplayGuard(WINDOW, 10, NOON);

        assertFalse(guard.isFirst("a", NOON.minusSeconds(1), NOON));
        assertFalse(guard.isFirst("b", NOON, NOON));
        assertTrue(guard.isFirst("c", NOON.plusNanos(1), NOON));
    }

    @Test
    void opensNoDoorWhenItIsFull() {
        var guard = new ReplayGuard(WINDOW, 3, Instant.EPOCH);
        for (var at = 0; at < 5; at++) {
            assertTrue(guard.isFirst("n" + at, NOON.plusSeconds(at), NOON));
        }

        for (var at = 0; at < 5; at++) {
            assertFalse(guard.isFirst("n" + at, NOON.plusSeconds(at), NOON), "n" + at);
        }
        assertTrue(guard.isFirst("n5", NOON.plusSeconds(5), NOON));
    }
}
