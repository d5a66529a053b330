package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.Refusal;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts requests and ends of actions; made once per process. Names are the caller's text and therefore no label. Thread-safe. */
public final class ActionMetrics {
    private final Counter requests;
    private final Counter results;
    private final Gauge running;

    public ActionMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("plexd_action_requests_total")
                .help("Requests by answer: accepted, or the reason of the refusal.")
                .labelNames("answer")
                .register(registry);
        results = Counter.builder()
                .name("plexd_action_results_total")
                .help("Ended executions by status.")
                .labelNames("status")
                .register(registry);
        running = Gauge.builder()
                .name("plexd_actions_running")
                .help("Executions that run now.")
                .register(registry);
    }

    void accepted() {
        requests.labelValues("accepted").inc();
    }

    void refused(Refusal reason) {
        requests.labelValues(reason.word()).inc();
    }

    void ended(ExecutionResult.Status status) {
        results.labelValues(status.word()).inc();
    }

    void running(int count) {
        running.set(count);
    }

    /** An answer found no place in the queue. */
    void unanswered() {
        requests.labelValues("unanswered").inc();
    }
}
