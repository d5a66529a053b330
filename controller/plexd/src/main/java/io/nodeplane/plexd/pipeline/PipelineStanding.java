package io.nodeplane.plexd.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * How a pipeline's way to the platform is, for people (protocol facts 7.2).
 *
 * @param buffered records that wait
 * @param sources how many it collects from
 * @param errors deliveries that failed and batches that were refused since the start
 * @param lastReportAt when a batch was accepted last
 */
public record PipelineStanding(
        boolean enabled, long buffered, int sources, long errors, Optional<Instant> lastReportAt) {
    /** A pipeline that the configuration switches off. */
    public static final PipelineStanding DISABLED = new PipelineStanding(false, 0, 0, 0, Optional.empty());
}
