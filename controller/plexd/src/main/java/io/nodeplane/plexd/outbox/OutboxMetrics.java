package io.nodeplane.plexd.outbox;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts what became of the items of all outboxes; made once per process. Thread-safe. */
public final class OutboxMetrics {
    private final Counter items;
    private final Gauge waiting;

    public OutboxMetrics(PrometheusRegistry registry) {
        items = Counter.builder()
                .name("plexd_outbox_items_total")
                .help("Items by outbox and result: delivered, refused, dropped.")
                .labelNames("outbox", "result")
                .register(registry);
        waiting = Gauge.builder()
                .name("plexd_outbox_waiting")
                .help("Items that wait for the control plane.")
                .labelNames("outbox")
                .register(registry);
    }

    void count(String outbox, String result) {
        items.labelValues(outbox, result).inc();
    }

    void waiting(String outbox, int count) {
        waiting.labelValues(outbox).set(count);
    }
}
