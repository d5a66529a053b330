package io.nodeplane.app;

import io.nodeplane.plexd.actions.run.ActionMetrics;
import io.nodeplane.plexd.events.EventMetrics;
import io.nodeplane.plexd.heartbeat.HeartbeatMetrics;
import io.nodeplane.plexd.hooks.HookMetrics;
import io.nodeplane.plexd.http.HttpMetrics;
import io.nodeplane.plexd.integrity.IntegrityMetrics;
import io.nodeplane.plexd.nodeapi.NodeApiMetrics;
import io.nodeplane.plexd.nodesecrets.NodeSecretsMetrics;
import io.nodeplane.plexd.nodestate.NodeStateMetrics;
import io.nodeplane.plexd.outbox.OutboxMetrics;
import io.nodeplane.plexd.pipeline.PipelineMetrics;
import io.nodeplane.plexd.state.StateMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;

/** The counters of all features, made once per process and kept when the parts are built anew. */
record Figures(
        HttpMetrics http,
        HeartbeatMetrics heartbeat,
        StateMetrics state,
        EventMetrics events,
        NodeStateMetrics nodeState,
        HookMetrics hooks,
        NodeSecretsMetrics nodeSecrets,
        PipelineMetrics pipelines,
        NodeApiMetrics nodeApi,
        ActionMetrics actions,
        OutboxMetrics outboxes,
        IntegrityMetrics integrity,
        PrometheusRegistry registry) {
    static Figures in(PrometheusRegistry registry) {
        return new Figures(
                new HttpMetrics(registry),
                new HeartbeatMetrics(registry),
                new StateMetrics(registry),
                new EventMetrics(registry),
                new NodeStateMetrics(registry),
                new HookMetrics(registry),
                new NodeSecretsMetrics(registry),
                new PipelineMetrics(registry),
                new NodeApiMetrics(registry),
                new ActionMetrics(registry),
                new OutboxMetrics(registry),
                new IntegrityMetrics(registry),
                registry);
    }

    /** How often the event stream was opened again. */
    long reconnects() {
        var connects = 0.0;
        for (var snapshot : registry.scrape("plexd_event_stream_connects"::equals)) {
            for (var point : snapshot.getDataPoints()) {
                if (point instanceof CounterSnapshot.CounterDataPointSnapshot counter) {
                    connects += counter.getValue();
                }
            }
        }
        return Math.max(0, (long) connects - 1);
    }
}
