package io.nodeplane.plexd.state;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts cycles, corrections and what was lost; made once per process. Thread-safe. */
public final class StateMetrics {
    private final Counter reconciles;
    private final Counter corrections;
    private final Counter dropped;

    public StateMetrics(PrometheusRegistry registry) {
        reconciles = Counter.builder()
                .name("plexd_reconciles_total")
                .help("Reconcile cycles by result: ok, handler_failed, or why the state could not be pulled.")
                .labelNames("result")
                .register(registry);
        corrections = Counter.builder()
                .name("plexd_drift_corrections_total")
                .help("Corrections made to this node.")
                .register(registry);
        dropped = Counter.builder()
                .name("plexd_drift_dropped_total")
                .help("Corrections that were never reported: too many, or the control plane refused them.")
                .register(registry);
    }

    void cycle(String result) {
        reconciles.labelValues(result).inc();
    }

    void corrected(int count) {
        corrections.inc(count);
    }

    void dropped(int count) {
        dropped.inc(count);
    }
}
