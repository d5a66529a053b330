package io.nodeplane.plexd.capabilities;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.CredentialRejected;
import io.nodeplane.plexd.http.Outage;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Backoff;
import io.nodeplane.runtime.retry.Sleeper;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the agent's capabilities once after start, until accepted, and again whenever they change (protocol facts 5.2).
 * {@link #announce} is thread-safe, the rest belongs to one thread.
 */
public final class CapabilityAnnouncement implements Worker.Body {
    /** Pause after an answer that the same bytes will hardly change: only a newer control plane would. */
    static final Duration REFUSED_PAUSE = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(CapabilityAnnouncement.class);

    private final CapabilityReports reports;
    private final CredentialRejected rejected;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final AtomicReference<Capabilities> wanted;
    private final Semaphore changed = new Semaphore(0);
    private final Outage outage = new Outage(LOG, "capabilities");

    /** Tells nothing yet. */
    public CapabilityAnnouncement(
            CapabilityReports reports,
            Capabilities first,
            CredentialRejected rejected,
            Sleeper sleeper,
            RandomGenerator random) {
        this.reports = reports;
        this.rejected = rejected;
        this.sleeper = sleeper;
        this.random = random;
        wanted = new AtomicReference<>(first);
    }

    /** Tells these from now on; the same ones again are not sent again. */
    public void announce(Capabilities capabilities) {
        if (!wanted.getAndSet(capabilities).equals(capabilities)) {
            changed.release();
        }
    }

    @Override
    public void run() throws InterruptedException {
        while (true) {
            var _ = changed.drainPermits();
            tellUntilAccepted();
            changed.acquire();
        }
    }

    private void tellUntilAccepted() throws InterruptedException {
        while (true) {
            try {
                reports.put(wanted.get());
                outage.ended();
                LOG.atInfo().log("capabilities accepted");
                return;
            } catch (ApiException failure) {
                outage.failed(failure);
                if (failure instanceof ApiException.Unauthorized) {
                    rejected.credentialRejected("capabilities");
                }
                sleeper.sleep(pauseAfter(failure));
            }
        }
    }

    private Duration pauseAfter(ApiException failure) {
        if (failure instanceof ApiException.Rejected || failure instanceof ApiException.Malformed) {
            return REFUSED_PAUSE;
        }
        var delay = Backoff.CONTROL_PLANE.delay(outage.failures(), random);
        return failure.retryAfter().filter(asked -> asked.compareTo(delay) > 0).orElse(delay);
    }
}
