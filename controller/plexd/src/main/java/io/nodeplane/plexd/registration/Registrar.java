package io.nodeplane.plexd.registration;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.runtime.retry.Backoff;
import io.nodeplane.runtime.retry.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers with patience: retries what may pass, stops at once at what will not (protocol facts 2.4). */
public final class Registrar {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private static final Set<Integer> NOT_UNDERSTOOD = Set.of(400, 404, 405, 422);

    /**
     * Time and chance; tests replace them.
     *
     * @param clock measures how long it has been tried
     */
    public record Patience(
            Backoff backoff, Duration limit, InstantSource clock, Sleeper sleeper, RandomGenerator random) {}

    private final Registrations registrations;
    private final Patience patience;

    public Registrar(Registrations registrations, Patience patience) {
        this.registrations = registrations;
        this.patience = patience;
    }

    /**
     * The identity that the control plane gave.
     *
     * @throws RegistrationFailed with the last answer, when it was final or the time is over
     */
    public Identity register(Registrations.Request request) throws RegistrationFailed, InterruptedException {
        var deadline = patience.clock().instant().plus(patience.limit());
        for (var failures = 1; ; failures++) {
            try {
                return registrations.register(request);
            } catch (ApiException failed) {
                waitOrGiveUp(failed, failures, deadline);
            }
        }
    }

    private void waitOrGiveUp(ApiException failed, int failures, Instant deadline)
            throws RegistrationFailed, InterruptedException {
        if (!failed.retryable()) {
            throw new RegistrationFailed("registration was refused: " + failed.getMessage() + hint(failed), failed);
        }
        var delay = failed.retryAfter().orElseGet(() -> patience.backoff().delay(failures, patience.random()));
        if (patience.clock().instant().plus(delay).isAfter(deadline)) {
            throw new RegistrationFailed(
                    "registration did not succeed within registration.max_retry_duration ("
                            + patience.limit().toSeconds() + " s, " + failures + " attempts): " + failed.getMessage(),
                    failed);
        }
        LOG.atWarn()
                .addKeyValue("attempt", failures)
                .addKeyValue("retry_in_ms", delay.toMillis())
                .setCause(failed)
                .log("registration failed, will retry");
        patience.sleeper().sleep(delay);
    }

    /** What a control plane of the other contract answers: it knows no such members, or no such path (protocol facts 11.3). */
    private static String hint(ApiException failed) {
        var notUnderstood = failed instanceof ApiException.Malformed
                || (failed instanceof ApiException.Rejected refused && NOT_UNDERSTOOD.contains(refused.status()));
        return notUnderstood && failed.problem().code().isEmpty()
                ? "; the control plane may speak another contract than this node (api.contract)"
                : "";
    }
}
