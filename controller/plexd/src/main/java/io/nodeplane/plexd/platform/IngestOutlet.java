package io.nodeplane.plexd.platform;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.pipeline.Outlet;
import io.nodeplane.plexd.pipeline.Verdict;
import java.util.List;
import java.util.function.Function;

/**
 * Takes batches of one kind for the platform, with the error reactions of its contract (protocol facts 5.6). A batch of which
 * nothing is to be sent counts as delivered. Thread-safe.
 *
 * @param <R> the record
 */
final class IngestOutlet<R> implements Outlet<R> {
    /** Posts one body. */
    @FunctionalInterface
    interface Post {
        void post(byte[] body) throws ApiException, InterruptedException;
    }

    private final Function<List<R>, byte[]> form;
    private final Post post;

    /**
     * An outlet.
     *
     * @param form body of a batch, empty when there is nothing to send
     */
    IngestOutlet(Function<List<R>, byte[]> form, Post post) {
        this.form = form;
        this.post = post;
    }

    @Override
    public void send(List<R> batch) throws ApiException, InterruptedException {
        var body = form.apply(batch);
        if (body.length > 0) {
            post.post(body);
        }
    }

    @Override
    public Verdict verdict(ApiException failure) {
        if (failure.isNotProvisioned() && failure.has("observability_ingest_not_provisioned")) {
            return Verdict.NOT_WANTED;
        }
        // The clock is wrong, not the records: they fit once it is set.
        return failure.has("ingest_sent_at_invalid") ? Verdict.KEEP : Verdict.of(failure);
    }
}
