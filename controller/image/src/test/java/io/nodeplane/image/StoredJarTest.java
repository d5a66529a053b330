package io.nodeplane.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredJarTest {
    @TempDir
    Path folder;

    @Test
    void holdsTheSameEntriesButTheIndexInTheSameOrderWithoutCompression() throws IOException {
        var jar = jar("in.jar", 1_700_000_000_000L);

        var stored = stored(jar, "out");

        try (var read = new JarFile(stored.toFile())) {
            var entries = read.stream().toList();
            assertEquals("[META-INF/MANIFEST.MF, a/b.txt]", entries.toString());
            assertEquals(ZipEntry.STORED, entries.get(1).getMethod());
            assertEquals(
                    "text b", new String(read.getInputStream(entries.get(1)).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void isTheSameBytesWheneverTheJarWasBuilt() throws IOException {
        var early = stored(jar("x.jar", 1_600_000_000_000L), "early");
        var late = stored(jar("x.jar", 1_700_000_000_000L), "late");

        assertArrayEquals(Files.readAllBytes(early), Files.readAllBytes(late));
    }

    @Test
    void leavesASignedJarAsItIs() throws IOException {
        var content = "no class file, which would fail if it were read";
        var jar = folder.resolve("signed.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            write(out, "META-INF/SIGNER.SF", 0, "Signature-Version: 1.0\n");
            write(out, "a/B.class", 0, content);
        }

        try (var read = new JarFile(stored(jar, "out").toFile(), false)) {
            var entry = read.getInputStream(read.getEntry("a/B.class"));
            assertEquals(content, new String(entry.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private Path stored(Path jar, String target) throws IOException {
        try (var classes = new LeanClasses(List.of(jar))) {
            return StoredJar.of(jar, Files.createDirectory(folder.resolve(target)), classes);
        }
    }

    private Path jar(String name, long time) throws IOException {
        var jar = folder.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            write(out, "META-INF/MANIFEST.MF", time, "Manifest-Version: 1.0\n");
            write(out, "META-INF/jandex.idx", time, "nothing on a node reads this");
            write(out, "a/", time, "");
            write(out, "a/b.txt", time, "text b");
        }
        return jar;
    }

    private static void write(JarOutputStream out, String name, long time, String content) throws IOException {
        var entry = new JarEntry(name);
        entry.setTime(time);
        out.putNextEntry(entry);
        out.write(content.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
    }
}
