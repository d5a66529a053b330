package io.nodeplane.plexd.heartbeat;

/**
 * What the control plane wants next (protocol facts 5.1).
 *
 * @param reconcile pull the state now
 * @param rotateKeys rotate the mesh key (protocol facts 4.5)
 */
public record HeartbeatAnswer(boolean reconcile, boolean rotateKeys) {}
