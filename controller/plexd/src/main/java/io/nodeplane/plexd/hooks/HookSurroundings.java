package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.cluster.ClusterFault;
import java.util.List;
import java.util.Map;

/** What hooks need of the cluster beside their own objects. Thread-safe. */
interface HookSurroundings {
    /**
     * Something that happened to a hook, for {@code kubectl describe}.
     *
     * @param node that says so; one node says one reason about one hook once
     * @param normal or a warning
     */
    record Event(HookObserved hook, String node, boolean normal, String reason, String message) {}

    /** Names of the nodes that have all labels, sorted; at most {@code limit + 1}. */
    List<String> nodes(Map<String, String> labels, int limit) throws ClusterFault;

    /** Records an event; the same one a second time changes nothing. */
    void record(Event event) throws ClusterFault;
}
