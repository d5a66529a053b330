package io.nodeplane.plexd.state;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.CredentialRejected;
import io.nodeplane.plexd.http.Outage;
import io.nodeplane.plexd.state.DriftReports.Correction;
import io.nodeplane.plexd.state.DriftReports.Drift;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Corrections that the control plane has not been told yet; they go with the next cycle's report (protocol facts 4.3).
 * Bounded; the oldest are dropped first. Without a port they are counted and not kept. Confined to the reconciler's thread.
 */
final class UnreportedDrift {
    /** Corrections kept while the control plane is away; far above one whole state. */
    static final int CAPACITY = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(UnreportedDrift.class);

    private final Optional<DriftReports> reports;
    private final CredentialRejected rejected;
    private final Clock clock;
    private final StateMetrics metrics;
    private final Outage outage = new Outage(LOG, "drift");
    private final ArrayDeque<Correction> waiting = new ArrayDeque<>();

    UnreportedDrift(Optional<DriftReports> reports, CredentialRejected rejected, Clock clock, StateMetrics metrics) {
        this.reports = reports;
        this.rejected = rejected;
        this.clock = clock;
        this.metrics = metrics;
    }

    void add(List<Correction> corrections) {
        metrics.corrected(corrections.size());
        if (reports.isEmpty()) {
            // Nobody is told: kept, they would only be counted as dropped one day.
            return;
        }
        waiting.addAll(corrections);
        var excess = waiting.size() - CAPACITY;
        for (var dropped = 0; dropped < excess; dropped++) {
            waiting.removeFirst();
        }
        if (excess > 0) {
            metrics.dropped(excess);
        }
    }

    /** Sends what waits, if anything. */
    void report() throws InterruptedException {
        if (reports.isEmpty() || waiting.isEmpty()) {
            return;
        }
        try {
            reports.get().report(new Drift(clock.instant(), List.copyOf(waiting)));
            waiting.clear();
            outage.ended();
        } catch (ApiException.Unauthorized refused) {
            outage.failed(refused);
            rejected.credentialRejected("drift");
        } catch (ApiException.Rejected useless) {
            // The same bytes would be refused for ever and block all later corrections.
            outage.failed(useless);
            metrics.dropped(waiting.size());
            waiting.clear();
        } catch (ApiException failure) {
            outage.failed(failure);
        }
    }
}
