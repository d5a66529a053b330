package io.nodeplane.plexd.events;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** Counts events and connections; made once per process. Types are the server's text and therefore no label. Thread-safe. */
public final class EventMetrics {
    private final Counter events;
    private final Counter connections;

    public EventMetrics(PrometheusRegistry registry) {
        events = Counter.builder()
                .name("plexd_events_total")
                .help("Events by result: accepted, unsigned, stale, replayed, malformed, oversized.")
                .labelNames("result")
                .register(registry);
        connections = Counter.builder()
                .name("plexd_event_stream_connects_total")
                .help("Attempts to open the event stream by result.")
                .labelNames("result")
                .register(registry);
    }

    void event(Verdict verdict) {
        event(verdict.name().toLowerCase(Locale.ROOT));
    }

    void event(String result) {
        events.labelValues(result).inc();
    }

    void connection(String result) {
        connections.labelValues(result).inc();
    }
}
