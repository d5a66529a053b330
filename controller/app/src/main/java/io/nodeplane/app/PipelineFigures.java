package io.nodeplane.app;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the counters say about one pipeline, for the status.
 *
 * @param buffered records that wait
 * @param sent records that were accepted since the start
 * @param dropped records that are lost since the start
 */
record PipelineFigures(long buffered, long sent, long dropped) {
    private static final PipelineFigures NONE = new PipelineFigures(0, 0, 0);

    /** By pipeline name, sorted. */
    static Map<String, PipelineFigures> in(PrometheusRegistry registry) {
        var figures = new TreeMap<String, PipelineFigures>();
        for (MetricSnapshot snapshot : registry.scrape(name -> name.startsWith("plexd_pipeline_"))) {
            for (DataPointSnapshot point : snapshot.getDataPoints()) {
                var pipeline = String.valueOf(point.getLabels().get("pipeline"));
                var before = figures.getOrDefault(pipeline, NONE);
                figures.put(pipeline, before.plus(snapshot.getMetadata().getName(), point));
            }
        }
        return figures;
    }

    private PipelineFigures plus(String name, DataPointSnapshot point) {
        return switch (point) {
            case GaugeSnapshot.GaugeDataPointSnapshot gauge ->
                new PipelineFigures(buffered + (long) gauge.getValue(), sent, dropped);
            case CounterSnapshot.CounterDataPointSnapshot counter
            when name.equals("plexd_pipeline_dropped") ->
                new PipelineFigures(buffered, sent, dropped + (long) counter.getValue());
            case CounterSnapshot.CounterDataPointSnapshot counter
            when "sent".equals(point.getLabels().get("result")) ->
                new PipelineFigures(buffered, sent + (long) counter.getValue(), dropped);
            default -> this;
        };
    }
}
