package io.nodeplane.plexd.report;

import java.time.Instant;
import java.util.Optional;

/**
 * One report of a workload, from {@code status.report} of the PlexdNodeState or from the node API.
 *
 * @param key unique per node
 * @param payloadJson any JSON value as its text, in one spelling
 * @param version 0 when the workload gave none
 * @param updatedAt absent when the workload gave none
 */
public record ReportEntry(
        String key, String contentType, String payloadJson, long version, Optional<Instant> updatedAt) {}
