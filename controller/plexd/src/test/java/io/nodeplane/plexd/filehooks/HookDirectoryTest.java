package io.nodeplane.plexd.filehooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void findsRegularFilesWithAnyExecuteBit() throws IOException {
        hook("b.sh", "rwx------", "b");
        hook("a.sh", "r----x---", "a".repeat(3));
        hook("plain", "rw-r--r--", "no");
        hook("tool.json", "rwxr-xr-x", "{}");
        Files.createDirectory(directory.resolve("dir"));
        Files.writeString(directory.resolve("a.sh.json"), "{\"description\":\"does a\",\"timeout\":\"5s\"}");

        var listing = new HookDirectory(directory).list();

        assertEquals(
                List.of(
                        new Hook(
                                "a.sh",
                                "does a",
                                "local",
                                "9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0",
                                List.of(),
                                Optional.of(Duration.ofSeconds(5)),
                                false),
                        new Hook(
                                "b.sh",
                                "",
                                "local",
                                "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d",
                                List.of(),
                                Optional.empty(),
                                false)),
                listing.hooks());
        assertEquals(List.of(), listing.faults());
    }

    @Test
    void leavesOutLinksAndSaysSo() throws IOException {
        var elsewhere = hook("real.sh", "rwxr-xr-x", "x");
        Files.createSymbolicLink(directory.resolve("link.sh"), elsewhere);

        var listing = new HookDirectory(directory).list();

        assertEquals(
                List.of("real.sh"), listing.hooks().stream().map(Hook::name).toList());
        assertEquals(List.of("hook link.sh is left out: a symbolic link, expected a regular file"), listing.faults());
    }

    @Test
    void leavesOutAHookWithABadSidecarAndSaysWhy() throws IOException {
        hook("a.sh", "rwxr-xr-x", "x");
        Files.writeString(directory.resolve("a.sh.json"), "{\"timeout\":5}");

        var listing = new HookDirectory(directory).list();

        assertEquals(List.of(), listing.hooks());
        assertEquals(List.of("hook a.sh is left out: a.sh.json: member timeout: 5, expected a text"), listing.faults());
    }

    @Test
    void isEmptyWithoutADirectory() throws IOException {
        assertEquals(HookListing.EMPTY, new HookDirectory(directory.resolve("absent")).list());
        var file = Files.writeString(directory.resolve("file"), "");
        assertEquals(HookListing.EMPTY, new HookDirectory(file).list());
    }

    @Test
    void isBounded() throws IOException {
        for (var i = 0; i <= HookDirectory.MAX_HOOKS; i++) {
            hook("h" + (1000 + i), "rwxr-xr-x", "x");
        }

        var listing = new HookDirectory(directory).list();

        assertEquals(HookDirectory.MAX_HOOKS, listing.hooks().size());
        assertTrue(
                listing.faults().getFirst().contains("there are more than 128"),
                listing.faults().toString());
    }

    private Path hook(String name, String permissions, String content) throws IOException {
        var file = Files.writeString(directory.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
