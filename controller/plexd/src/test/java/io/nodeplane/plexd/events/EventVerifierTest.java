package io.nodeplane.plexd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.plexd.state.NodeState.SigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventVerifierTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    private final Signer server = new Signer();
    private final SettableClock clock = new SettableClock(NOON);
    private final SigningKeyRing keys = new SigningKeyRing(server.publicKey(), key -> {}, clock);
    private final EventVerifier verifier = new EventVerifier(
            keys,
            Optional.of(new ReplayGuard(EventVerifier.FRESHNESS, EventVerifier.MAX_NONCES, Instant.EPOCH)),
            clock);

    @ParameterizedTest(name = "issued {0} from now: {1}")
    @CsvSource({
        "PT0S,        ACCEPTED",
        "-PT5M,       ACCEPTED",
        "-PT5M0.001S, STALE",
        "PT5M,        ACCEPTED",
        "PT5M0.001S,  STALE"
    })
    void wantsEventsOfNow(Duration offset, Verdict verdict) {
        assertEquals(verdict, verifier.verify(server.event("t", "n", NOON.plus(offset))));
    }

    @Test
    void refusesAForeignSignature() {
        assertEquals(Verdict.UNSIGNED, verifier.verify(new Signer().event("t", "n", NOON)));
    }

    @Test
    void refusesAChangedEvent() {
        var event = server.event("t", "n", NOON);
        var changed = event.signed().clone();
        changed[0] = (byte) (changed[0] ^ 1);

        assertEquals(
                Verdict.UNSIGNED,
                verifier.verify(new SignedEvent(
                        "t", event.id(), event.issuedAt(), "n", event.payload(), changed, event.signature())));
    }

    @ParameterizedTest(name = "{0} bytes of signature")
    @CsvSource({"0", "1", "63"})
    void refusesAShortSignature(int length) {
        var event = server.event("t", "n", NOON);
        var cut = java.util.Arrays.copyOf(event.signature(), length);

        assertEquals(
                Verdict.UNSIGNED,
                verifier.verify(
                        new SignedEvent("t", event.id(), event.issuedAt(), "n", event.payload(), event.signed(), cut)));
    }

    @Test
    void refusesAnEventWithoutTimeOrNonce() {
        var event = server.event("t", "n", NOON);

        assertEquals(
                Verdict.UNSIGNED,
                verifier.verify(new SignedEvent(
                        "t", event.id(), Optional.empty(), "n", event.payload(), event.signed(), event.signature())));
        assertEquals(
                Verdict.UNSIGNED,
                verifier.verify(new SignedEvent(
                        "t", event.id(), event.issuedAt(), "", event.payload(), event.signed(), event.signature())));
    }

    @Test
    void wantsNoNonceWhereTheContractHasNone() {
        var withoutNonces = new EventVerifier(keys, Optional.empty(), clock);
        var event = server.event("t", "", NOON);

        assertEquals(Verdict.ACCEPTED, withoutNonces.verify(event));
        assertEquals(Verdict.ACCEPTED, withoutNonces.verify(event));
    }

    @Test
    void refusesANonceThatWouldFillTheMemory() {
        var longest = "n".repeat(EventVerifier.MAX_NONCE_CHARACTERS);

        assertEquals(Verdict.ACCEPTED, verifier.verify(server.event("t", longest, NOON)));
        assertEquals(Verdict.UNSIGNED, verifier.verify(server.event("t", longest + "n", NOON)));
    }

    @Test
    void refusesAReusedNonce() {
        assertEquals(Verdict.ACCEPTED, verifier.verify(server.event("t", "n", NOON)));

        assertEquals(Verdict.REPLAYED, verifier.verify(server.event("t", "n", NOON.plusSeconds(1))));
    }

    @Test
    void doesNotLetAForgerUseUpANonce() {
        verifier.verify(new Signer().event("t", "n", NOON));

        assertEquals(Verdict.ACCEPTED, verifier.verify(server.event("t", "n", NOON)));
    }

    @Test
    void acceptsThePreviousKeyOnlyDuringItsTransition() throws Exception {
        var next = new Signer();
        keys.install(
                new SigningKeys(next.publicKey(), Optional.of(server.publicKey()), Optional.of(NOON.plusSeconds(60))));

        assertEquals(Verdict.ACCEPTED, verifier.verify(next.event("t", "1", NOON)));
        assertEquals(Verdict.ACCEPTED, verifier.verify(server.event("t", "2", NOON)));
        clock.pass(Duration.ofSeconds(60));
        assertEquals(Verdict.ACCEPTED, verifier.verify(next.event("t", "3", NOON)));
        assertEquals(Verdict.UNSIGNED, verifier.verify(server.event("t", "4", NOON)));
    }

    @Test
    void neverAcceptsAPreviousKeyWithoutAnEnd() throws Exception {
        var next = new Signer();
        keys.install(new SigningKeys(next.publicKey(), Optional.of(server.publicKey()), Optional.empty()));

        assertEquals(Verdict.UNSIGNED, verifier.verify(server.event("t", "n", NOON)));
    }
}
