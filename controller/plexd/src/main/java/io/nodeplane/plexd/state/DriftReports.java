package io.nodeplane.plexd.state;

import io.nodeplane.plexd.http.ApiException;
import java.time.Instant;
import java.util.List;

/** Where the agent tells what it had to correct (protocol facts 4.3). */
@FunctionalInterface
public interface DriftReports {
    /** Sends one report, without retry. */
    void report(Drift drift) throws ApiException, InterruptedException;

    /** Corrections in the order of the table in the protocol facts. */
    record Drift(Instant at, List<Correction> corrections) {
        public Drift {
            corrections = List.copyOf(corrections);
        }
    }

    /**
     * One correction.
     *
     * @param type for example {@code peer_added}
     * @param detail for example {@code peer peer-001}
     */
    record Correction(String type, String detail) {}
}
