package io.nodeplane.plexd.pipeline;

import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts dropped records, warns at the first of each kind, and sums up when deliveries have caught up. Thread-safe. */
final class DropReport implements Drops {
    private static final Logger LOG = LoggerFactory.getLogger(DropReport.class);

    private final String pipeline;
    private final PipelineMetrics metrics;
    private final Map<Reason, Long> episode = new EnumMap<>(Reason.class);

    DropReport(String pipeline, PipelineMetrics metrics) {
        this.pipeline = pipeline;
        this.metrics = metrics;
    }

    @Override
    public synchronized void dropped(Reason reason, long records) {
        metrics.dropped(pipeline, reason, records);
        if (episode.merge(reason, records, Long::sum) == records) {
            LOG.atWarn()
                    .addKeyValue("pipeline", pipeline)
                    .addKeyValue("reason", reason.label())
                    .addKeyValue("records", records)
                    .log("records dropped, more may follow until deliveries catch up");
        }
    }

    /** Ends the episode: the buffer is empty. */
    synchronized void caughtUp() {
        episode.forEach((reason, records) -> LOG.atInfo()
                .addKeyValue("pipeline", pipeline)
                .addKeyValue("reason", reason.label())
                .addKeyValue("records", records)
                .log("dropped records in all since deliveries fell behind"));
        episode.clear();
    }
}
