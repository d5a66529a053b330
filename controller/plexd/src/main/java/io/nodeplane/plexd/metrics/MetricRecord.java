package io.nodeplane.plexd.metrics;

import java.time.Instant;
import java.util.Map;

/**
 * One group of numbers at one time (protocol facts 5.3).
 *
 * @param group {@code system} or {@code agent}
 * @param data numbers by member name, in insertion order
 */
public record MetricRecord(Instant timestamp, String group, Map<String, Number> data) {}
