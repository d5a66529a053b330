package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.cluster.ClusterFault;
import java.util.Optional;

/** The Jobs of one namespace and their pods. Thread-safe. */
interface HookJobs {
    /** Hears about Jobs; called from one thread at a time. */
    interface Listener {
        /** A Job of the node, new or changed. */
        void changed(JobObserved job);

        /** A Job that is no longer there. */
        void gone(JobObserved job);

        /** The watch is broken and will be tried again. */
        void broken(ClusterFault fault);
    }

    /** What came of making a Job. */
    sealed interface Creation {
        /** It was not there, and now is. */
        record Created(JobObserved job) implements Creation {}

        /** One of this name is there already. */
        record Exists(JobObserved job) implements Creation {}
    }

    /** Watches the Jobs that agents made for a node. */
    HookObjects.Watch watch(String node, Listener listener);

    /** Makes a Job unless one of its name exists. */
    Creation create(HookDesired desired) throws ClusterFault;

    /** A Job by name, asked of the server itself. */
    Optional<JobObserved> find(String name) throws ClusterFault;

    /** The newest pod of a Job with the end of its log. */
    Optional<PodObserved> pod(JobObserved job) throws ClusterFault;
}
