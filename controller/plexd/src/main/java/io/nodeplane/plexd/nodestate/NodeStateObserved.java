package io.nodeplane.plexd.nodestate;

import io.nodeplane.plexd.nodesecrets.RecordedSecret;
import io.nodeplane.plexd.report.ReportEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this node's PlexdNodeState says now.
 *
 * @param labels all of the object
 * @param annotations all of the object
 * @param secrets what is recorded of the node's Secrets
 * @param reports what workloads wrote into {@code status.report}
 */
record NodeStateObserved(
        String nodeId,
        Optional<String> meshIp,
        Map<String, String> labels,
        Map<String, String> annotations,
        NodeStateContent content,
        SecretRecord secrets,
        List<ReportEntry> reports) {
    /**
     * {@code spec.secretRefs}, and which object of which age it was read from.
     *
     * @param uid of the object
     * @param resourceVersion changes with every write of anybody
     */
    record SecretRecord(String uid, String resourceVersion, List<RecordedSecret> entries) {
        static final SecretRecord NONE = new SecretRecord("", "", List.of());

        SecretRecord {
            entries = List.copyOf(entries);
        }
    }

    NodeStateObserved {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        reports = List.copyOf(reports);
    }

    /** What the sync of this package writes; reports and the record of Secrets have other writers. */
    NodeStateObserved synced() {
        return new NodeStateObserved(nodeId, meshIp, labels, annotations, content, SecretRecord.NONE, List.of());
    }
}
