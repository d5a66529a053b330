package io.nodeplane.plexd.tokenreview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictCacheTest {
    private static final TokenReviewResult READER =
            new TokenReviewResult(true, "reader", "uid-1", List.of(), List.of());
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final VerdictCache cache = new VerdictCache(InstantSource.fixed(NOW));

    @Test
    void knowsATokenByItsWholeText() {
        cache.keep("token", READER);

        assertEquals(Optional.of(READER), cache.find("token"));
        assertTrue(cache.find("token2").isEmpty());
    }

    @Test
    void isBoundedAndForgetsWhatWasNotAskedForLongest() {
        for (var number = 0; number < VerdictCache.MAX_ENTRIES; number++) {
            cache.keep("token-" + number, READER);
        }
        assertTrue(cache.find("token-0").isPresent());

        cache.keep("one more", READER);

        assertTrue(cache.find("token-0").isPresent());
        assertTrue(cache.find("token-1").isEmpty());
        assertTrue(cache.find("one more").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", "a.b", "a.!!.c", "a.bm8ganNvbg.c", "e30.e30.e30", "e30.eyJleHAiOiJzb29uIn0.x"})
    void aTokenWithoutAnEndOfItsOwnHasNone(String token) {
        assertEquals(Optional.empty(), TokenExpiry.of(token));
    }
}
