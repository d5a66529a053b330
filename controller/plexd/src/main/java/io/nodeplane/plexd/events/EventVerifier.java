package io.nodeplane.plexd.events;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides whether to believe an event: signature first, then time, then nonce (protocol facts 3.6). Not thread-safe. */
final class EventVerifier {
    /** Accepted distance between an event's time and ours, both ways. */
    static final Duration FRESHNESS = Duration.ofMinutes(5);

    /** Some hours of a busy stream; about 1 MB. */
    static final int MAX_NONCES = 10_000;

    /** A longer one is none, or the nonces that are kept would have no limit; the contract's have 36 characters. */
    static final int MAX_NONCE_CHARACTERS = 256;

    private final SigningKeyRing keys;
    private final Optional<ReplayGuard> replays;
    private final Clock clock;

    /**
     * A verifier.
     *
     * @param replays absent for a contract without nonces
     */
    EventVerifier(SigningKeyRing keys, Optional<ReplayGuard> replays, Clock clock) {
        this.keys = keys;
        this.replays = replays;
        this.clock = clock;
    }

    Verdict verify(SignedEvent event) {
        var lacksNonce = replays.isPresent() && !isNonce(event.nonce());
        if (event.issuedAt().isEmpty() || lacksNonce || !isSigned(event)) {
            return Verdict.UNSIGNED;
        }
        var now = clock.instant();
        var issuedAt = event.issuedAt().get();
        if (isStale(issuedAt, now)) {
            return Verdict.STALE;
        }
        var isNew = replays.isEmpty() || replays.get().isFirst(event.nonce(), issuedAt, now);
        return isNew ? Verdict.ACCEPTED : Verdict.REPLAYED;
    }

    private static boolean isNonce(String nonce) {
        return !nonce.isEmpty() && nonce.length() <= MAX_NONCE_CHARACTERS;
    }

    private boolean isSigned(SignedEvent event) {
        return keys.accepted(event.keyId()).stream().anyMatch(key -> verifies(key, event));
    }

    private static boolean verifies(PublicKey key, SignedEvent event) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(event.signed());
            return signature.verify(event.signature());
        } catch (GeneralSecurityException malformed) {
            // A signature of the wrong length is as good as none.
            return false;
        }
    }

    private static boolean isStale(Instant issuedAt, Instant now) {
        return issuedAt.isBefore(now.minus(FRESHNESS)) || issuedAt.isAfter(now.plus(FRESHNESS));
    }
}
