package io.nodeplane.plexd.dataplane;

import io.nodeplane.plexd.state.NodeState;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The data plane of an agent that builds no tunnels: takes every state and says why nothing comes of it (protocol facts 9.1).
 */
public final class NoDataPlane implements DataPlane {
    private final Path root;

    /**
     * Looks for WireGuard below a root directory.
     *
     * @param root usually {@code /}
     */
    public NoDataPlane(Path root) {
        this.root = root;
    }

    @Override
    public void apply(NodeState state) {
        // Peers are kept by the state feature; there is no tunnel to change.
    }

    @Override
    public DataPlaneStatus status() {
        return new DataPlaneStatus.Unavailable(reason());
    }

    private String reason() {
        if (Files.isDirectory(root.resolve("sys/module/wireguard"))) {
            return "this agent builds no tunnels yet, the kernel has WireGuard";
        }
        if (!Files.exists(root.resolve("dev/net/tun"))) {
            return "kernel has no WireGuard module loaded and no /dev/net/tun";
        }
        return "kernel has no WireGuard module loaded";
    }
}
