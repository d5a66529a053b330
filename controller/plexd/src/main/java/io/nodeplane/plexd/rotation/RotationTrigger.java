package io.nodeplane.plexd.rotation;

/** Asks for a rotation of the mesh key. Thread-safe; never blocks; many asks before the next rotation are one. */
@FunctionalInterface
public interface RotationTrigger {
    /**
     * Asks.
     *
     * @param reason for logs, for example {@code heartbeat: rotate keys}
     */
    void rotate(String reason);
}
