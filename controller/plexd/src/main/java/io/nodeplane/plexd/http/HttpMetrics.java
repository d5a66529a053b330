package io.nodeplane.plexd.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts requests by method and result class; made once per process. Thread-safe. */
public final class HttpMetrics {
    private final Counter requests;

    public HttpMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("plexd_http_requests_total")
                .help("Requests to the control plane by method and result class.")
                .labelNames("method", "result")
                .register(registry);
    }

    void succeeded(String method) {
        requests.labelValues(method, "ok").inc();
    }

    void failed(String method, ApiException failure) {
        requests.labelValues(method, failure.kind()).inc();
    }
}
