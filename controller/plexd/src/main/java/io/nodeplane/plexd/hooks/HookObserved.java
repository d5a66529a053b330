package io.nodeplane.plexd.hooks;

/**
 * A PlexdHook as it is now.
 *
 * @param generation of the spec
 * @param resourceVersion for writes that count only if nobody else wrote meanwhile
 * @param deleting somebody deleted it and it is about to go
 */
record HookObserved(
        String name,
        String uid,
        long generation,
        String resourceVersion,
        boolean deleting,
        HookSpec spec,
        HookStatus status) {
    /** An agent has made a Job for it, or has said which nodes will (seed: "already processed"). */
    boolean hasBegun() {
        return status.jobName().isPresent();
    }

    /** It failed before any Job was made, and its spec has not changed since: not to be tried again at each restart. */
    boolean isGivenUp() {
        return !hasBegun()
                && status.phase().filter(HookStatus.Phase.FAILED::equals).isPresent()
                && status.observedGeneration() >= generation;
    }
}
