package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.time.Instant;
import java.util.Optional;

/**
 * A Job in the agent's namespace, as far as it tells about a hook.
 *
 * @param ownerKind and the next two: its controller, empty texts if it has none
 * @param node the node it was made for, empty if it is none of an agent's
 * @param reason word of the Job's failure, for example {@code BackoffLimitExceeded}; empty otherwise
 * @param message what Kubernetes says about the failure, or what the pod waits for
 */
record JobObserved(
        String name,
        String uid,
        String ownerKind,
        String ownerName,
        String ownerUid,
        String node,
        Phase phase,
        Optional<Instant> createdAt,
        Optional<Instant> completedAt,
        String reason,
        String message) {
    boolean belongsTo(HookObserved hook) {
        return ownerUid.equals(hook.uid());
    }

    JobObserved saying(String text) {
        return new JobObserved(
                name, uid, ownerKind, ownerName, ownerUid, node, phase, createdAt, completedAt, reason, text);
    }
}
