package io.nodeplane.plexd.integrity;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts violations; made once per process. Thread-safe. */
public final class IntegrityMetrics {
    private final Counter violations;
    private final Gauge different;

    public IntegrityMetrics(PrometheusRegistry registry) {
        violations = Counter.builder()
                .name("plexd_integrity_violations_total")
                .help("Violations by type: binary, hook.")
                .labelNames("type")
                .register(registry);
        different = Gauge.builder()
                .name("plexd_integrity_different_files")
                .help("Files of the program that differ from the baseline now.")
                .register(registry);
    }

    void violated(Violation.Kind kind) {
        violations.labelValues(kind.word()).inc();
    }

    void different(int files) {
        different.set(files);
    }
}
