package io.nodeplane.plexd.state;

/** Asks for a reconcile cycle soon. Thread-safe; never blocks; many asks before the next cycle are one. */
@FunctionalInterface
public interface ReconcileTrigger {
    /**
     * Asks.
     *
     * @param reason for logs, for example {@code heartbeat}
     */
    void trigger(String reason);
}
