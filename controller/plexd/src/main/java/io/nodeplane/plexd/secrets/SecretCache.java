package io.nodeplane.plexd.secrets;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opened secrets for 5 minutes, shared by all who need them (protocol facts 6.1). When a refresh fails, the old value goes
 * on and one warning tells so. Thread-safe; values are never logged.
 */
public final class SecretCache {
    private static final Logger LOG = LoggerFactory.getLogger(SecretCache.class);
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final class Entry {
        private final String value;
        private final Instant refreshAt;
        private final boolean stale;

        private Entry(String value, Instant refreshAt, boolean stale) {
            this.value = value;
            this.refreshAt = refreshAt;
            this.stale = stale;
        }
    }

    private final Secrets secrets;
    private final SecretOpener opener;
    private final Clock clock;
    private final Map<String, Entry> entries = new HashMap<>();

    /** An empty cache. */
    public SecretCache(Secrets secrets, SecretOpener opener, Clock clock) {
        this.secrets = secrets;
        this.opener = opener;
        this.clock = clock;
    }

    /**
     * The plaintext of a secret.
     *
     * @throws IOException when there is none to be had, not even an old one; an {@code ApiException} tells whether to retry
     */
    public synchronized String get(String name) throws IOException, InterruptedException {
        var known = entries.get(name);
        if (known != null && clock.instant().isBefore(known.refreshAt)) {
            return known.value;
        }
        try {
            var value = opener.open(name, secrets.fetch(name));
            entries.put(name, new Entry(value, clock.instant().plus(FRESH), false));
            return value;
        } catch (IOException failed) {
            if (known == null) {
                throw failed;
            }
            keepStale(name, known, failed);
            return known.value;
        }
    }

    private void keepStale(String name, Entry known, IOException cause) {
        if (!known.stale) {
            LOG.atWarn().addKeyValue("secret", name).setCause(cause).log("secret not refreshed, the old one goes on");
        }
        entries.put(name, new Entry(known.value, known.refreshAt, true));
    }

    /** Forgets a value that its receiver refused; a value fetched meanwhile stays. */
    public synchronized void refused(String name, String value) {
        var known = entries.get(name);
        if (known != null && known.value.equals(value)) {
            entries.remove(name);
        }
    }
}
