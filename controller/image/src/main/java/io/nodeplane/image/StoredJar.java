package io.nodeplane.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A jar of lean classes without compression: its layer then compresses across classes (a quarter of the size), and no class is
 * inflated at start.
 * Entries keep their order, so that the manifest stays first; times are fixed.
 */
final class StoredJar {
    /** A zip holds local time, and none before 1980. */
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    /** Annotations as a build tool of another framework wants them; in the client's models 1.4 MB compressed that nothing reads. */
    private static final String INDEX = "META-INF/jandex.idx";

    /** A signed jar keeps its bytes: a changed class would be refused when it is loaded. */
    private static final String SIGNATURE = "META-INF/[^/]+\\.SF";

    private StoredJar() {}

    /** Writes the stored twin of a jar into a folder, under the same name. */
    static Path of(Path jar, Path folder, LeanClasses classes) throws IOException {
        var stored = folder.resolve(jar.getFileName());
        try (var source = new JarFile(jar.toFile(), false);
                var target = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(stored)))) {
            target.setMethod(ZipOutputStream.STORED);
            var entries = source.stream()
                    .filter(entry -> !entry.isDirectory() && !entry.getName().equals(INDEX))
                    .toList();
            var signed = entries.stream().anyMatch(entry -> entry.getName().matches(SIGNATURE));
            for (var entry : entries) {
                try (var content = source.getInputStream(entry)) {
                    var bytes = content.readAllBytes();
                    write(target, entry.getName(), isClass(entry) && !signed ? classes.lean(bytes) : bytes);
                }
            }
        }
        return stored;
    }

    private static boolean isClass(ZipEntry entry) {
        return entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
    }

    private static void write(ZipOutputStream target, String name, byte[] content) throws IOException {
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(name);
        entry.setTimeLocal(FIXED_TIME);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        target.putNextEntry(entry);
        target.write(content);
        target.closeEntry();
    }
}
