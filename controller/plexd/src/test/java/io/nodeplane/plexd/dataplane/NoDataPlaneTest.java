package io.nodeplane.plexd.dataplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node without tunnels (seed "Kubernetes E2E Test"). */
class NoDataPlaneTest {
    @TempDir
    Path root;

    @Test
    void saysWhatTheKernelLacks() throws IOException {
        var bare = new NoDataPlane(root).status();
        Files.createDirectories(root.resolve("dev/net"));
        Files.createFile(root.resolve("dev/net/tun"));
        var withTun = new NoDataPlane(root).status();
        Files.createDirectories(root.resolve("sys/module/wireguard"));
        var withWireGuard = new NoDataPlane(root).status();

        assertEquals(
                new DataPlaneStatus.Unavailable("kernel has no WireGuard module loaded and no /dev/net/tun"), bare);
        assertEquals(new DataPlaneStatus.Unavailable("kernel has no WireGuard module loaded"), withTun);
        assertEquals(
                new DataPlaneStatus.Unavailable("this agent builds no tunnels yet, the kernel has WireGuard"),
                withWireGuard);
    }
}
