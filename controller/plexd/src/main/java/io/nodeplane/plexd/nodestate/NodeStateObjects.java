package io.nodeplane.plexd.nodestate;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.nodestate.NodeStateObserved.SecretRecord;
import java.util.Optional;

/** The cluster's PlexdNodeStates, as far as one agent needs them. Thread-safe. */
interface NodeStateObjects {
    /** Hears about one object; called from one thread at a time. */
    interface Listener {
        /** The object as it is now, absent when it does not exist; called once at first and after each change. */
        void changed(Optional<NodeStateObserved> observed);

        /** The watch is broken and will be tried again; {@code changed} is called when it is back. */
        void broken(ClusterFault fault);
    }

    /** Watches one object by name until closed, over closed and expired watches. */
    Watch watch(String name, Listener listener);

    /**
     * Creates or updates the fields that the agent owns, never the status; idempotent.
     *
     * @return the object after the write
     * @throws ClusterFault when the API server did not take it
     */
    NodeStateObserved apply(NodeStateDesired desired) throws ClusterFault;

    /**
     * Replaces the record of Secrets in an existing object, as a writer of its own.
     *
     * @throws ClusterFault when the object has another uid, or another resource version than the record names
     */
    void record(String name, SecretRecord record) throws ClusterFault;

    /**
     * Deletes an object, and with it what it owns; one that is not there is no error.
     *
     * @throws ClusterFault when the API server did not do it
     */
    void delete(String name) throws ClusterFault;

    /** A running watch. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
