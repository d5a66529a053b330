package io.nodeplane.plexd.pipeline;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the pipelines tell Prometheus; made once per process. Thread-safe. */
public final class PipelineMetrics {
    private final Counter records;
    private final Counter dropped;
    private final Gauge buffered;

    /** Registers the three metrics. */
    public PipelineMetrics(PrometheusRegistry registry) {
        records = Counter.builder()
                .name("plexd_pipeline_records_total")
                .help("Records by what became of them: collected, or sent and accepted.")
                .labelNames("pipeline", "result")
                .register(registry);
        dropped = Counter.builder()
                .name("plexd_pipeline_dropped_total")
                .help("Records that are lost for good, by reason.")
                .labelNames("pipeline", "reason")
                .register(registry);
        buffered = Gauge.builder()
                .name("plexd_pipeline_buffered")
                .help("Records that wait for delivery.")
                .labelNames("pipeline")
                .register(registry);
    }

    void collected(String pipeline, int count) {
        records.labelValues(pipeline, "collected").inc(count);
    }

    void sent(String pipeline, int count) {
        records.labelValues(pipeline, "sent").inc(count);
    }

    void dropped(String pipeline, Drops.Reason reason, long count) {
        dropped.labelValues(pipeline, reason.label()).inc(count);
    }

    void buffered(String pipeline, long count) {
        buffered.labelValues(pipeline).set((double) count);
    }
}
