package io.nodeplane.plexd.tokenreview;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Positive verdicts by the token's SHA-256, for at most a minute and never beyond the token's own end (protocol facts 7.1).
 * At most {@value #MAX_ENTRIES}; the one that was not asked for longest goes first. Thread-safe.
 */
final class VerdictCache {
    static final Duration LIFE = Duration.ofSeconds(60);
    static final int MAX_ENTRIES = 256;

    private record Verdict(TokenReviewResult result, Instant until) {}

    private final InstantSource clock;
    private final LinkedHashMap<String, Verdict> verdicts = new LinkedHashMap<>(16, 0.75f, true);

    VerdictCache(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Optional<TokenReviewResult> find(String token) {
        var hash = hash(token);
        var verdict = verdicts.get(hash);
        if (verdict == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(verdict.until())) {
            verdicts.remove(hash);
            return Optional.empty();
        }
        return Optional.of(verdict.result());
    }

    synchronized void keep(String token, TokenReviewResult result) {
        var now = clock.instant();
        var end = now.plus(LIFE);
        var until = TokenExpiry.of(token).filter(expiry -> expiry.isBefore(end)).orElse(end);
        if (!until.isAfter(now)) {
            return;
        }
        verdicts.put(hash(token), new Verdict(result, until));
        if (verdicts.size() > MAX_ENTRIES) {
            verdicts.pollFirstEntry();
        }
    }

    /** The tokens themselves are not kept: a memory dump must not be a bunch of keys. */
    private static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
