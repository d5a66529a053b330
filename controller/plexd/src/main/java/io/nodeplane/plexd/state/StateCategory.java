package io.nodeplane.plexd.state;

/** The parts of the state that are compared and applied each by itself, in the order of the drift table (facts 4.3). */
public enum StateCategory {
    PEERS,
    POLICIES,
    SIGNING_KEYS,
    METADATA,
    DATA,
    SECRET_REFS,
    /** Executions that the control plane wants; pulled, so no correction either. */
    EXECUTIONS,
    /** Bridge, relay, user access, ingress and site-to-site blocks; drift reports have no word for them. */
    BRIDGE
}
