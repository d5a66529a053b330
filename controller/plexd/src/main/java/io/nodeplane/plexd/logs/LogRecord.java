package io.nodeplane.plexd.logs;

import java.time.Instant;

/**
 * One log line (protocol facts 5.4).
 *
 * @param source {@code agent}, {@code journald} or {@code file}
 * @param unit for example {@code plexd} or a path
 */
public record LogRecord(
        Instant timestamp, String source, String unit, String message, Severity severity, String hostname) {}
