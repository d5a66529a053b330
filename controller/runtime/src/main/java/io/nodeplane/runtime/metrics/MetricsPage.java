package io.nodeplane.runtime.metrics;

import io.nodeplane.runtime.health.Page;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** All figures of a registry as one page. Thread-safe. */
public final class MetricsPage implements Page {
    private final PrometheusRegistry registry;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    public MetricsPage(PrometheusRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Answer answer() throws IOException {
        var text = new ByteArrayOutputStream(8 * 1024);
        writer.write(text, registry.scrape());
        return new Answer(200, writer.getContentType(), text.toString(StandardCharsets.UTF_8));
    }
}
