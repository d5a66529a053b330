package io.nodeplane.plexd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CursorKeeperTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOON);
    private final InMemoryEventCursors cursors = new InMemoryEventCursors();
    private final CursorKeeper keeper = new CursorKeeper(cursors, clock);
    private final Signer server = new Signer();

    @Test
    void writesAtMostOnceInThirtySecondsAndOnceAtTheEnd() {
        for (var event = 0; event < 60; event++) {
            move("evt-" + event, Verdict.ACCEPTED);
            clock.pass(Duration.ofSeconds(1));
        }
        keeper.keep();
        keeper.keep();

        assertEquals(3, cursors.writes());
        assertEquals(new EventCursor(Optional.of("evt-59"), NOON.plusSeconds(59)), cursors.load());
    }

    @Test
    void writesNothingWhenNothingHappened() {
        keeper.keep();

        assertEquals(0, cursors.writes());
    }

    @Test
    void goesOnWhenTheDiskDoesNot() {
        cursors.breakDown();

        move("evt-1", Verdict.ACCEPTED);
        keeper.keep();

        assertEquals(1, cursors.writes());
        assertEquals(Optional.of("evt-1"), keeper.lastEventId());
    }

    @Test
    void movesPastAStaleEventWithoutTakingItsTime() {
        move("evt-1", Verdict.STALE);

        assertEquals(Optional.of("evt-1"), keeper.lastEventId());
        assertEquals(Instant.EPOCH, keeper.floor());
    }

    @Test
    void keepsTheIdWhenAnEventHasNone() {
        move("evt-1", Verdict.ACCEPTED);
        move("", Verdict.ACCEPTED);

        assertEquals(Optional.of("evt-1"), keeper.lastEventId());
    }

    @Test
    void setsNoFloorInTheFuture() {
        keeper.move("evt-1", server.event("t", "n", NOON.plusSeconds(200)), Verdict.ACCEPTED);

        assertEquals(NOON, keeper.floor());
    }

    private void move(String id, Verdict verdict) {
        keeper.move(id, server.event("t", id, clock.instant()), verdict);
    }
}
