package io.nodeplane.plexd.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The reports of all sources as one, sorted by key.
 *
 * @param known sources that have said what they hold; another one may still hold what nobody sees yet
 */
public record MergedReports(Map<String, Held> entries, Set<ReportSource> known) {
    /** An entry and who holds it. */
    public record Held(ReportSource source, ReportEntry entry) {}

    public MergedReports {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        known = Set.copyOf(known);
    }

    /** Merges what is known. */
    public static MergedReports of(Map<ReportSource, List<ReportEntry>> bySource) {
        var entries = new TreeMap<String, Held>();
        // An EnumMap goes through the sources in their order of precedence.
        var ordered = new EnumMap<ReportSource, List<ReportEntry>>(ReportSource.class);
        ordered.putAll(bySource);
        ordered.forEach((source, held) -> held.forEach(entry -> entries.put(entry.key(), new Held(source, entry))));
        return new MergedReports(entries, bySource.keySet());
    }

    /** Nothing known of anybody. */
    public static MergedReports unknown() {
        return new MergedReports(Map.of(), Set.of());
    }

    /** The entry that counts for a key. */
    public Optional<Held> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }
}
