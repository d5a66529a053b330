package io.nodeplane.plexd.http;

/** Hears that the control plane no longer takes this node's credential: a 401 after registration (protocol facts 2.6). */
@FunctionalInterface
public interface CredentialRejected {
    /**
     * Told on every 401; must return at once and may be called often and from several threads.
     *
     * @param by the feature that was refused, for example {@code heartbeat}
     */
    void credentialRejected(String by);
}
