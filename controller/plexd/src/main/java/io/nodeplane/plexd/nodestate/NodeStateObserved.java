package io.nodeplane.plexd.nodestate;

import io.nodeplane.plexd.report.ReportEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this node's PlexdNodeState says now.
 *
 * @param labels all of the object
 * @param reports what workloads wrote into {@code status.report}
 */
record NodeStateObserved(
        String nodeId,
        Optional<String> meshIp,
        Map<String, String> labels,
        NodeStateContent content,
        List<ReportEntry> reports) {
    NodeStateObserved {
        labels = Map.copyOf(labels);
        reports = List.copyOf(reports);
    }

    /** The same without reports, which are not ours to write and so never a reason to write. */
    NodeStateObserved withoutReports() {
        return new NodeStateObserved(nodeId, meshIp, labels, content, List.of());
    }
}
