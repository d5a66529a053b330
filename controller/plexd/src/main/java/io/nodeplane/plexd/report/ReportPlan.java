package io.nodeplane.plexd.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What the control plane does not know yet.
 *
 * @param changed new entries and entries with another content
 * @param deleted keys that are gone, sorted
 */
record ReportPlan(List<ReportEntry> changed, List<String> deleted) {
    ReportPlan {
        changed = List.copyOf(changed);
        deleted = List.copyOf(deleted);
    }

    /**
     * Compares.
     *
     * @param acknowledged digest by key of what the control plane has accepted
     */
    static ReportPlan between(List<ReportEntry> current, Map<String, String> acknowledged) {
        var changed = new ArrayList<ReportEntry>();
        var gone = new ArrayList<>(acknowledged.keySet());
        for (var entry : current) {
            gone.remove(entry.key());
            if (!digest(entry).equals(acknowledged.get(entry.key()))) {
                changed.add(entry);
            }
        }
        gone.sort(null);
        return new ReportPlan(changed, gone);
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
