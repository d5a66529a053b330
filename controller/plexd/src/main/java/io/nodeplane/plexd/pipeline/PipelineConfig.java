package io.nodeplane.plexd.pipeline;

import io.nodeplane.plexd.local.LocalEndpointConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * Rhythm of one pipeline ({@code metrics.*}, {@code log_fwd.*}, {@code audit_fwd.*}, protocol facts 1.2).
 *
 * @param reportInterval at least {@code collectInterval}
 * @param batchSize records per request, 1 or more
 * @param localEndpoint second receiver inside the cluster, if any
 */
public record PipelineConfig(
        boolean enabled,
        Duration collectInterval,
        Duration reportInterval,
        int batchSize,
        Optional<LocalEndpointConfig> localEndpoint) {}
