package io.nodeplane.app;

import io.nodeplane.runtime.health.Readiness;

/**
 * Whether the control plane takes this node's credential, and whether a fresh registration may help (protocol facts 2.6).
 *
 * <p>A registration that was followed by no accepted heartbeat is not followed by another one: a control plane that refuses
 * every node must not spend all tokens. Thread-safe.
 */
final class Credential {
    private final Readiness.Condition condition;
    private boolean accepted = true;
    private boolean triedInVain;

    Credential(Readiness.Condition condition) {
        this.condition = condition;
    }

    /** The control plane answered a heartbeat. */
    synchronized void accepted() {
        accepted = true;
        triedInVain = false;
        condition.met();
    }

    /** The control plane answered 401. */
    synchronized void rejected() {
        accepted = false;
        condition.unmet("credential rejected");
    }

    /** A new identity is in use. */
    synchronized void renewed() {
        triedInVain = !accepted;
        condition.met();
    }

    /** The rejection stands, and no fresh registration was made since the last accepted heartbeat. */
    synchronized boolean isWorthRenewing() {
        return !accepted && !triedInVain;
    }
}
