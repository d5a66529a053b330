package io.nodeplane.plexd.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that take nothing: each is told with the directory and the reason, before a token is spent. */
class FileIdentitiesDiskIT {
    @TempDir
    Path mountPoint;

    @Test
    void saysThatTheDataDirectoryIsFull() throws IOException, InterruptedException {
        mount("size=32k");
        try {
            var told = assertThrows(IOException.class, () -> identities().prepare());

            assertTrue(told.toString().contains(mountPoint.toString()), told.toString());
            assertTrue(told.toString().contains("No space left on device"), told.toString());
            assertFalse(Files.exists(mountPoint.resolve(".probe")));
            assertFalse(Files.exists(mountPoint.resolve(".tmp-.probe")));
        } finally {
            unmount();
        }
    }

    @Test
    void keepsTheStoredIdentityOnAFullDiskAndSaysSo() throws IOException, InterruptedException {
        mount("size=256k");
        try {
            identities().store(IdentitiesContract.identity("n-1"), MeshKey.generate(new Random(1)));
            fill();

            assertThrows(IOException.class, () -> identities().prepare());
            assertEquals(
                    Optional.of(IdentitiesContract.identity("n-1")),
                    identities().load());
        } finally {
            unmount();
        }
    }

    @Test
    void saysThatTheDataDirectoryIsReadOnly() throws IOException, InterruptedException {
        mount("size=256k,ro");
        try {
            var told = assertThrows(IOException.class, () -> identities().prepare());

            assertTrue(told.toString().contains("Read-only file system"), told.toString());
        } finally {
            unmount();
        }
    }

    private Identities identities() {
        return new FileIdentities(mountPoint, Clock.systemUTC());
    }

    private void fill() throws IOException {
        try (var filler = Files.newOutputStream(mountPoint.resolve("filler"))) {
            while (true) {
                filler.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertTrue(full.toString().contains("No space left"), full.toString());
        }
    }

    /** A tiny file system of its own; needs CAP_SYS_ADMIN, which a container of a build may lack. */
    private void mount(String options) throws IOException, InterruptedException {
        var done = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", mountPoint.toString());
        assumeTrue(done == 0, "no permission to mount a tmpfs: run as root");
    }

    private void unmount() throws IOException, InterruptedException {
        assertEquals(0, run("umount", mountPoint.toString()));
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
