package io.nodeplane.plexd.nodestate;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts writes of the PlexdNodeState; made once per process. */
public final class NodeStateMetrics {
    private final Counter writes;

    public NodeStateMetrics(PrometheusRegistry registry) {
        writes = Counter.builder()
                .name("plexd_nodestate_writes_total")
                .help("Writes of this node's PlexdNodeState.")
                .labelNames("result")
                .register(registry);
    }

    void written() {
        writes.labelValues("success").inc();
    }

    void failed() {
        writes.labelValues("failure").inc();
    }
}
