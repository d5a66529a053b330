package io.nodeplane.plexd.dataplane;

/** Whether tunnels run on this node; a reported fact, never a failure of the agent (protocol facts 9.1). */
public sealed interface DataPlaneStatus {
    /**
     * Tunnels run.
     *
     * @param interfaceName for example {@code plexd0}
     * @param peers configured peers
     * @param listenPort UDP port
     */
    record Running(String interfaceName, int peers, int listenPort) implements DataPlaneStatus {}

    /**
     * Tunnels cannot run here.
     *
     * @param reason for people, for example {@code kernel has no WireGuard}
     */
    record Unavailable(String reason) implements DataPlaneStatus {}
}
