package io.nodeplane.plexd.hooks;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts what became of hooks on this node; made once per process. */
public final class HookMetrics {
    private final Counter jobs;
    private final Counter runs;
    private final Counter writes;

    public HookMetrics(PrometheusRegistry registry) {
        jobs = counter(registry, "plexd_hook_jobs_total", "Jobs that this agent tried to make.");
        runs = counter(registry, "plexd_hook_runs_total", "Hooks that ended on this node.");
        writes = counter(registry, "plexd_hook_status_writes_total", "Writes of a PlexdHook's status.");
    }

    void job(String result) {
        jobs.labelValues(result).inc();
    }

    void ended(HookStatus.Phase phase) {
        runs.labelValues(phase == HookStatus.Phase.SUCCEEDED ? "success" : "failure")
                .inc();
    }

    void write(String result) {
        writes.labelValues(result).inc();
    }

    private static Counter counter(PrometheusRegistry registry, String name, String help) {
        return Counter.builder().name(name).help(help).labelNames("result").register(registry);
    }
}
