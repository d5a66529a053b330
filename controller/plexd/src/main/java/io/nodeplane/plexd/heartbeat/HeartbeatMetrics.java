package io.nodeplane.plexd.heartbeat;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts heartbeats; made once per process. Thread-safe. */
public final class HeartbeatMetrics {
    private final Counter heartbeats;

    public HeartbeatMetrics(PrometheusRegistry registry) {
        heartbeats = Counter.builder()
                .name("plexd_heartbeats_total")
                .help("Heartbeats by result: ok, or why one failed.")
                .labelNames("result")
                .register(registry);
    }

    void sent(String result) {
        heartbeats.labelValues(result).inc();
    }
}
