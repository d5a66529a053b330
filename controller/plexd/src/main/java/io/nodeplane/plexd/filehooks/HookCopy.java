package io.nodeplane.plexd.filehooks;

import io.nodeplane.plexd.integrity.Sha256;
import io.nodeplane.runtime.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The bytes of a hook in a private executable file, and their checksum, taken from the same read. Whoever swaps the hook's file after
 * that changes nothing of the run. A descriptor of the opened file cannot be handed on instead: the JDK closes all of them in a child.
 *
 * @param file {@code <run directory>/<random>/<hook>}, mode 0500 in a directory of mode 0700
 * @param checksum lower-case hex SHA-256 of exactly these bytes
 */
record HookCopy(Path file, String checksum) implements AutoCloseable {
    private static final EnumSet<PosixFilePermission> OWNER_RUNS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE);

    /** Copies and digests in one read; never through a symbolic link. */
    static HookCopy of(Path hook, Path runDirectory, RandomGenerator random) throws IOException {
        var own = runDirectory.resolve(String.format(Locale.ROOT, "%016x", random.nextLong()));
        AtomicFile.createPrivateDirectories(runDirectory);
        Files.createDirectory(own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var copy = own.resolve(String.valueOf(hook.getFileName()));
        try (var in = Files.newInputStream(hook, LinkOption.NOFOLLOW_LINKS);
                var out = Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var checksum = Sha256.copy(in, out, HookDirectory.MAX_BYTES);
            Files.setPosixFilePermissions(copy, OWNER_RUNS);
            return new HookCopy(copy, checksum);
        } catch (IOException failed) {
            delete(copy);
            throw failed;
        }
    }

    /** Removes what a killed process left. */
    static void clean(Path runDirectory) throws IOException {
        if (!Files.isDirectory(runDirectory)) {
            return;
        }
        try (var left = Files.walk(runDirectory, 2)) {
            for (var path : left.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(runDirectory)) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(file);
    }

    private static void delete(Path copy) throws IOException {
        Files.deleteIfExists(copy);
        var own = copy.getParent();
        if (own != null) {
            Files.deleteIfExists(own);
        }
    }
}
