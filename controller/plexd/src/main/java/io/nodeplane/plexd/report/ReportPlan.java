package io.nodeplane.plexd.report;

import io.nodeplane.plexd.report.MergedReports.Held;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What the control plane does not know yet.
 *
 * @param changed new entries and entries with another content
 * @param deleted keys that are gone, sorted
 */
record ReportPlan(List<Held> changed, List<String> deleted) {
    ReportPlan {
        changed = List.copyOf(changed);
        deleted = List.copyOf(deleted);
    }

    /**
     * Compares. A key that is gone counts as deleted only when its source has said what it holds: at a start the API server
     * may be away, and nothing is known of the PlexdNodeState yet.
     *
     * @param acknowledged what the control plane has accepted, by key
     */
    static ReportPlan between(MergedReports current, Map<String, Acknowledgement> acknowledged) {
        var changed = current.entries().values().stream()
                .filter(held -> {
                    var before = acknowledged.get(held.entry().key());
                    return before == null || !before.digest().equals(digest(held.entry()));
                })
                .toList();
        var deleted = acknowledged.entrySet().stream()
                .filter(before -> current.find(before.getKey()).isEmpty())
                .filter(before -> current.known().contains(before.getValue().source()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return new ReportPlan(changed, deleted);
    }

    /** What is remembered once the control plane has taken the entry. */
    static Acknowledgement acknowledgement(Held held) {
        return new Acknowledgement(held.source(), digest(held.entry()));
    }

    boolean isEmpty() {
        return changed.isEmpty() && deleted.isEmpty();
    }

    /** SHA-256 of everything in the entry, so that nobody who reads the file of digests reads a report. */
    static String digest(ReportEntry entry) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var part : List.of(
                    entry.key(),
                    entry.contentType(),
                    entry.payloadJson(),
                    Long.toString(entry.version()),
                    entry.updatedAt().toString())) {
                sha.update(part.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
