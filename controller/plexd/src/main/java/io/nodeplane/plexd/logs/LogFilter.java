package io.nodeplane.plexd.logs;

import java.util.Set;

/**
 * Which records are sent ({@code log_fwd.filter.*}).
 *
 * @param minSeverity records below are not
 * @param includeUnits only these, empty for all
 * @param excludeUnits never these
 */
public record LogFilter(Severity minSeverity, Set<String> includeUnits, Set<String> excludeUnits) {
    public LogFilter {
        includeUnits = Set.copyOf(includeUnits);
        excludeUnits = Set.copyOf(excludeUnits);
    }

    /** The configured filter. */
    public static LogFilter from(LogsConfig config) {
        return new LogFilter(config.minSeverity(), config.includeUnits(), config.excludeUnits());
    }

    /** Whether the record is sent. */
    public boolean passes(LogRecord log) {
        return log.severity().compareTo(minSeverity) <= 0
                && !excludeUnits.contains(log.unit())
                && (includeUnits.isEmpty() || includeUnits.contains(log.unit()));
    }
}
