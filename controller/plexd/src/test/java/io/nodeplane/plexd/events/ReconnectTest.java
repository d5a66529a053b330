package io.nodeplane.plexd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.events.StreamState.Mode;
import io.nodeplane.plexd.http.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    private static final Duration REPROBE = Duration.ofMinutes(7);

    private final ApiException away = new ApiException.Unreachable("refused", null);
    private final Reconnect reconnect = new Reconnect(new Random(1), REPROBE);

    @Test
    void waitsAlsoAfterACleanClose() {
        var plan = ended(Duration.ofHours(1), Optional.empty());

        assertEquals(Mode.CONNECTING, plan.mode());
        assertBetween(750, 1250, plan);
    }

    @Test
    void doublesWhileStreamsDieYoung() {
        assertBetween(750, 1250, ended(Duration.ZERO, Optional.empty()));
        assertBetween(1500, 2500, ended(Duration.ZERO, Optional.empty()));
        assertBetween(3000, 5000, ended(Duration.ofSeconds(29), Optional.empty()));
        assertBetween(750, 1250, ended(Duration.ofSeconds(30), Optional.empty()));
    }

    @Test
    void respectsTheServersReconnectionTimeAsMinimum() {
        assertEquals(
                Duration.ofSeconds(9),
                ended(Duration.ofHours(1), Optional.of(Duration.ofSeconds(9))).pause());
        assertBetween(750, 1250, ended(Duration.ofHours(1), Optional.of(Duration.ofMillis(5))));
        assertEquals(
                Reconnect.POLL_INTERVAL,
                ended(Duration.ofHours(1), Optional.of(Duration.ofDays(11))).pause());
    }

    @Test
    void respectsRetryAfter() {
        var plan = reconnect.failed(NOON, new ApiException.RateLimited(Duration.ofSeconds(40), "slow down"));

        assertEquals(Duration.ofSeconds(40), plan.pause());
    }

    @Test
    void retriesA401WithBackoff() {
        var refused = new ApiException.Unauthorized("who");

        assertBetween(750, 1250, reconnect.failed(NOON, refused));
        assertBetween(1500, 2500, reconnect.failed(NOON, refused));
    }

    @ParameterizedTest(name = "status {0}")
    @ValueSource(ints = {403, 404, 405, 302})
    void asksARefusingServerRarely(int status) {
        var plan = reconnect.failed(NOON, new ApiException.Rejected(status, "no"));

        assertEquals(Mode.REFUSED, plan.mode());
        assertEquals(Reconnect.REFUSED_PAUSE, plan.pause());
    }

    @Test
    void asksAgainAfterTheReprobeIntervalWhereNoStreamIsOffered() {
        var plan = reconnect.failed(NOON, new ApiException.ServerFault(501, "not provisioned"));

        assertEquals(Mode.PULL_ONLY, plan.mode());
        assertEquals(REPROBE, plan.pause());
    }

    @Test
    void fallsBackToPollingAfterFiveMinutes() {
        assertEquals(Mode.CONNECTING, reconnect.failed(NOON, away).mode());
        assertEquals(
                Mode.CONNECTING, reconnect.failed(NOON.plusSeconds(299), away).mode());

        var plan = reconnect.failed(NOON.plusSeconds(300), away);

        assertEquals(Mode.POLLING, plan.mode());
        assertEquals(Reconnect.POLL_INTERVAL, plan.pause());
    }

    @Test
    void leavesPollingAfterAGoodStream() {
        reconnect.failed(NOON, away);
        reconnect.failed(NOON.plusSeconds(300), away);
        var opened = NOON.plusSeconds(360);

        var plan = reconnect.ended(opened, opened.plusSeconds(31), Optional.empty(), "closed");

        assertEquals(Mode.CONNECTING, plan.mode());
        assertBetween(750, 1250, plan);
    }

    private Reconnect.Plan ended(Duration lived, Optional<Duration> retry) {
        return reconnect.ended(NOON, NOON.plus(lived), retry, "closed");
    }

    private static void assertBetween(long least, long most, Reconnect.Plan plan) {
        var millis = plan.pause().toMillis();
        assertTrue(least <= millis && millis <= most, millis + " ms, expected " + least + " to " + most);
    }
}
