package io.nodeplane.plexd.logs;

import io.nodeplane.plexd.pipeline.PipelineConfig;
import java.util.List;
import java.util.Set;

/**
 * Log forwarding ({@code log_fwd.*}).
 *
 * @param filePatterns globs of absolute paths
 * @param minSeverity records below are not sent
 * @param includeUnits empty means all
 * @param excludeUnits wins over {@code includeUnits}
 */
public record LogsConfig(
        PipelineConfig pipeline,
        List<String> filePatterns,
        Severity minSeverity,
        Set<String> includeUnits,
        Set<String> excludeUnits) {
    public LogsConfig {
        filePatterns = List.copyOf(filePatterns);
        includeUnits = Set.copyOf(includeUnits);
        excludeUnits = Set.copyOf(excludeUnits);
    }
}
