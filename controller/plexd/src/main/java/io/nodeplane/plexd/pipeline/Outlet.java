package io.nodeplane.plexd.pipeline;

import io.nodeplane.plexd.http.ApiException;
import java.util.List;

/**
 * Takes one batch of records, whole or not at all.
 *
 * @param <R> {@code MetricRecord}, {@code LogRecord} or {@code AuditRecord}
 */
@FunctionalInterface
public interface Outlet<R> {
    /** Sends a non-empty batch, without retry. */
    void send(List<R> batch) throws ApiException, InterruptedException;

    /** What this receiver means by a failure of {@link #send}. */
    default Verdict verdict(ApiException failure) {
        return Verdict.of(failure);
    }
}
