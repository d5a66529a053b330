package io.nodeplane.plexd.report;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import java.util.List;

/** Where reports of this node's workloads go (protocol facts 3.2, {@code POST …/report}). */
@FunctionalInterface
public interface Reports {
    /** Sends changed entries and the keys of deleted ones, without retry. */
    void send(List<DataEntry> changed, List<String> deleted) throws ApiException, InterruptedException;
}
