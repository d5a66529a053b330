package io.nodeplane.plexd.pipeline;

import io.nodeplane.plexd.http.ApiException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way out of a pipeline: a buffer and the receiver behind it (protocol facts 5.6). Used by one thread at a time.
 *
 * <p>What a failure means for the records is the outlet's word, see {@link Verdict}. A batch that is too large is halved; a
 * single record that is, is dropped. A 2xx with an unreadable body was accepted. {@link #standing} alone is for every
 * thread.
 */
final class Leg<R> {
    private static final Logger LOG = LoggerFactory.getLogger(Leg.class);

    /** Of records as stored: a batch, its JSON and its gzip form stand in a 48 MB heap together. */
    private static final long MAX_BATCH_BYTES = 1 << 20;

    /** A receiver may ask for a longer pause; the buffers are made for outages of this length. */
    private static final Duration MAX_PAUSE = Duration.ofMinutes(15);

    private final String name;
    private final RecordBuffer<R> buffer;
    private final Outlet<R> outlet;
    private final int batchSize;
    private final Clock clock;
    private final PipelineMetrics metrics;
    private final DropReport drops;
    private final Episode outage = new Episode();
    private final Episode unwanted = new Episode();
    private Instant notBefore = Instant.MIN;
    // Read by whoever asks how the pipeline is.
    private final AtomicLong errors = new AtomicLong();
    private volatile long buffered;
    private volatile Optional<Instant> acceptedAt = Optional.empty();

    Leg(String name, Pipeline.Route<R> route, int batchSize, Clock clock, PipelineMetrics metrics) {
        this.name = name;
        this.drops = new DropReport(name, metrics);
        this.buffer = route.buffer().create(drops);
        this.outlet = route.outlet();
        this.batchSize = batchSize;
        this.clock = clock;
        this.metrics = metrics;
    }

    void append(List<R> records) throws IOException {
        buffer.append(records);
        metrics.collected(name, records.size());
        tellBuffered();
    }

    /** Whether a restart finds all that was appended. */
    boolean isKept() {
        return buffer.isKept();
    }

    private void tellBuffered() {
        buffered = buffer.size();
        metrics.buffered(name, buffered);
    }

    /** How it is, from any thread. */
    PipelineStanding standing(int sources) {
        return new PipelineStanding(true, buffered, sources, errors.get(), acceptedAt);
    }

    /**
     * Sends until the buffer is empty or the receiver fails; does nothing while the receiver wants a pause.
     *
     * @return the earliest time at which trying again makes sense
     */
    Instant flush() throws InterruptedException {
        if (clock.instant().isBefore(notBefore)) {
            return notBefore;
        }
        try {
            var batch = buffer.peek(batchSize, MAX_BATCH_BYTES);
            while (!batch.records().isEmpty()) {
                deliver(batch.first(), batch.records());
                batch = buffer.peek(batchSize, MAX_BATCH_BYTES);
            }
            drops.caughtUp();
        } catch (ApiException failed) {
            tellOutage(failed);
            var pause = failed.retryAfter().orElse(Duration.ZERO);
            notBefore = clock.instant().plus(pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause);
        } catch (IOException unreadable) {
            tellOutage(unreadable);
        } finally {
            tellBuffered();
        }
        return notBefore;
    }

    private void deliver(long first, List<R> records) throws IOException, InterruptedException {
        try {
            outlet.send(records);
            accepted(records.size());
        } catch (ApiException.Malformed acceptedButUnreadable) {
            accepted(records.size());
        } catch (ApiException failed) {
            var verdict = outlet.verdict(failed);
            if (verdict == Verdict.TOO_LARGE && records.size() > 1) {
                var half = records.size() / 2;
                deliver(first, records.subList(0, half));
                deliver(first + half, records.subList(half, records.size()));
                return;
            }
            drop(verdict, failed, records.size());
        }
        acknowledge(first + records.size());
    }

    private void accepted(int count) {
        metrics.sent(name, count);
        acceptedAt = Optional.of(clock.instant());
        var wasAway = outage.ends();
        var wasUnwanted = unwanted.ends();
        if (wasAway || wasUnwanted) {
            LOG.atInfo().addKeyValue("pipeline", name).log("records flow again");
        }
    }

    /** Drops the records, or throws when they are to wait. */
    private void drop(Verdict verdict, ApiException failed, int count) throws ApiException {
        if (verdict != Verdict.KEEP) {
            errors.incrementAndGet();
        }
        switch (verdict) {
            case KEEP -> throw failed;
            case TOO_LARGE -> drops.dropped(Drops.Reason.TOO_LARGE, count);
            case MALFORMED -> {
                LOG.atDebug().addKeyValue("pipeline", name).setCause(failed).log("batch rejected");
                drops.dropped(Drops.Reason.REJECTED, count);
            }
            case NOT_WANTED -> {
                // Only counted: this goes on for as long as the receiver says so, which is told once.
                metrics.dropped(name, Drops.Reason.NOT_WANTED, count);
                tellUnwanted(failed);
            }
        }
    }

    private void tellUnwanted(ApiException failed) {
        if (unwanted.begins()) {
            LOG.atWarn()
                    .addKeyValue("pipeline", name)
                    .addKeyValue("reason", failed.getMessage())
                    .log("receiver takes no such records, they are dropped until it does");
        }
    }

    /** A position that cannot be saved stops nothing: the records are delivered, only a restart would repeat them. */
    private void acknowledge(long next) {
        try {
            buffer.acknowledge(next);
        } catch (IOException unsaved) {
            LOG.atDebug().addKeyValue("pipeline", name).setCause(unsaved).log("position not saved");
        }
    }

    private void tellOutage(IOException cause) {
        errors.incrementAndGet();
        if (outage.begins()) {
            LOG.atWarn()
                    .addKeyValue("pipeline", name)
                    .addKeyValue("waiting", buffer.size())
                    .setCause(cause)
                    .log("records cannot be delivered and wait, tried again at every tick");
        }
    }

    void close() {
        buffer.close();
    }
}
