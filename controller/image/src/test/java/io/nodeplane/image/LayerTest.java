package io.nodeplane.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTest {
    @TempDir
    Path folder;

    @Test
    void holdsFoldersBeforeFilesWithTheirModesAndNoOwnerButRoot() throws IOException {
        var layer = new Layer("test")
                .add(file("b", "text", "rw-rw-r--"), "/opt/etc/b")
                .add(file("a", "program", "rwxrwxr-x"), "/opt/bin/a")
                .addSharedFolder("/tmp");

        var entries = entries(layer.write(folder.resolve("out")).archive());

        assertEquals(
                List.of(
                        "opt/ 40755 0:0 1000",
                        "opt/bin/ 40755 0:0 1000",
                        "opt/etc/ 40755 0:0 1000",
                        "tmp/ 41777 0:0 1000",
                        "opt/bin/a 100755 0:0 1000",
                        "opt/etc/b 100644 0:0 1000"),
                entries);
    }

    @Test
    void isTheSameBytesWhoeverBuildsItAndWhen() throws IOException {
        var early =
                new Layer("test").add(file("a", "text", "rw-r--r--"), "/etc/a").write(folder.resolve("early"));
        var source = file("a", "text", "rw-rw-rw-");
        Files.setLastModifiedTime(source, FileTime.fromMillis(1_700_000_000_000L));
        var late = new Layer("test").add(source, "/etc/a").write(folder.resolve("late"));

        assertEquals(early.contentDigest(), late.contentDigest());
        assertArrayEquals(Files.readAllBytes(early.archive()), Files.readAllBytes(late.archive()));
    }

    @Test
    void isWrittenAnewWhenAFileHasChanged() throws IOException {
        var before =
                new Layer("test").add(file("a", "old", "rw-r--r--"), "/etc/a").write(folder.resolve("out"));
        var after =
                new Layer("test").add(file("a", "new", "rw-r--r--"), "/etc/a").write(folder.resolve("out"));

        assertEquals(
                2,
                List.of(before.contentDigest(), after.contentDigest()).stream()
                        .distinct()
                        .count());
    }

    private Path file(String name, String content, String mode) throws IOException {
        var file = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static List<String> entries(Path archive) throws IOException {
        var entries = new ArrayList<String>();
        try (var tar = new TarArchiveInputStream(new GzipCompressorInputStream(Files.newInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add("%s %o %d:%d %d"
                        .formatted(
                                entry.getName(),
                                entry.getMode(),
                                entry.getLongUserId(),
                                entry.getLongGroupId(),
                                entry.getLastModifiedTime().toMillis()));
            }
        }
        return entries;
    }
}
