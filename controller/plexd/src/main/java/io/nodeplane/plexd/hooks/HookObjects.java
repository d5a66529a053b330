package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.hooks.HookStatus.NodeResult;
import java.util.List;
import java.util.Optional;

/** The PlexdHooks of one namespace. Thread-safe. */
interface HookObjects {
    /** Hears about hooks; called from several threads. */
    interface Listener {
        /** A hook that concerns the node, new or changed. */
        void changed(HookObserved hook);

        /** A hook that was deleted, or that is no longer new and for no certain node; it may be an older state of it. */
        void left(HookObserved hook);

        /** All that is there now was told: at first, and each time when the watch had to begin anew. */
        void listed();

        /** The watch is broken and will be tried again. */
        void broken(ClusterFault fault);
    }

    /** Watches the hooks of one node, and those for no certain node that nobody has begun with. */
    Watch watch(String node, Listener listener);

    /** One hook as it is now, absent when it does not exist. */
    Optional<HookObserved> find(String name) throws ClusterFault;

    /**
     * The same, not older than a version that was seen. A thousand agents ask this in a few seconds, so the server may answer from its memory
     * instead of its store (Kubernetes API concepts, "Semantics for get and list").
     */
    Optional<HookObserved> find(String name, String version) throws ClusterFault;

    /** Hooks for no certain node that have begun and have not ended. */
    List<HookObserved> underWay() throws ClusterFault;

    /**
     * Writes the status that belongs to the hook as a whole: with a node selector all but the nodes' results, otherwise
     * everything.
     *
     * @return the hook after it; empty when it was changed or deleted since it was seen, and nothing was written
     */
    Optional<HookObserved> writeStatus(HookObserved seen, HookStatus status) throws ClusterFault;

    /**
     * Writes one node's entry of a hook with a node selector and leaves all else as it is.
     *
     * @return the hook after it; empty when it does not exist
     */
    Optional<HookObserved> writeResult(HookObserved seen, NodeResult result) throws ClusterFault;

    /** A running watch. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
