package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.cluster.ClusterFault;
import java.util.List;

/** The PlexdHooks of one namespace, asked for once. */
@FunctionalInterface
interface HookList {
    /** Hooks for one node, and those for no certain node, whatever came of them. */
    List<HookObserved> forNode(String node) throws ClusterFault;
}
