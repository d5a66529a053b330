package io.nodeplane.plexd.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nodeplane.plexd.http.ApiException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SecretCacheTest {
    private static final String NAME = "local-bearer-token";
    private static final String VALUE = "e2e-local-bearer-token";

    private Instant now = Instant.parse("2026-02-20T12:00:00Z");
    private int fetches;
    private boolean away;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private final SecretCache cache = new SecretCache(this::fetch, new SecretOpener(SecretOpenerTest.KEY), clock);

    private SealedSecret fetch(String name) throws ApiException {
        fetches++;
        if (away) {
            throw new ApiException.Unreachable("connection refused", null);
        }
        assertEquals(NAME, name);
        return SecretOpenerTest.sealed();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void fetchesOnceInFiveMinutes() throws IOException, InterruptedException {
        assertEquals(VALUE, cache.get(NAME));
        pass(Duration.ofSeconds(299));
        assertEquals(VALUE, cache.get(NAME));
        assertEquals(1, fetches);

        pass(Duration.ofSeconds(1));
        assertEquals(VALUE, cache.get(NAME));
        assertEquals(2, fetches);
    }

    @Test
    void goesOnWithTheOldValueWhenARefreshFails() throws IOException, InterruptedException {
        assertEquals(VALUE, cache.get(NAME));
        away = true;
        pass(Duration.ofHours(1));

        assertEquals(VALUE, cache.get(NAME));
    }

    @Test
    void failsWhenThereWasNeverAValue() {
        away = true;

        assertThrows(ApiException.Unreachable.class, () -> cache.get(NAME));
    }

    @Test
    void doesNotGiveOutAValueThatWasRefused() throws IOException, InterruptedException {
        var value = cache.get(NAME);
        cache.refused(NAME, value);
        away = true;

        assertThrows(ApiException.Unreachable.class, () -> cache.get(NAME));
    }

    @Test
    void keepsAValueThatIsNotTheRefusedOne() throws IOException, InterruptedException {
        assertEquals(VALUE, cache.get(NAME));
        cache.refused(NAME, "an older value");

        assertEquals(VALUE, cache.get(NAME));
        assertEquals(1, fetches);
    }
}
