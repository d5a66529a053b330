package io.nodeplane.plexd.nodeapi.services;

import io.nodeplane.plexd.pipeline.PipelineStanding;
import io.nodeplane.plexd.report.NodeReports;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the routes ask.
 *
 * @param logs how log forwarding is; empty while nobody knows
 * @param audit how audit forwarding is
 * @param departure ends the node's membership
 */
public record Services(
        ServedState state,
        NodeReports reports,
        NodeSecrets secrets,
        NodeActions actions,
        Supplier<Optional<PipelineStanding>> logs,
        Supplier<Optional<PipelineStanding>> audit,
        Departure departure) {}
