package io.nodeplane.plexd.nodesecrets;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts what became of the node's Secrets; made once per process. */
public final class NodeSecretsMetrics {
    private final Counter changes;

    public NodeSecretsMetrics(PrometheusRegistry registry) {
        changes = Counter.builder()
                .name("plexd_node_secret_changes_total")
                .help("Kubernetes Secrets of this node that were made, changed or deleted.")
                .labelNames("result")
                .register(registry);
    }

    void done() {
        changes.labelValues("success").inc();
    }

    void failed() {
        changes.labelValues("failure").inc();
    }
}
