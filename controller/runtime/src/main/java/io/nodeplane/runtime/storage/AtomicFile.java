package io.nodeplane.runtime.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Replaces a file as a whole: a reader, and a restart after a crash at any point, sees the old content or the new one.
 *
 * <p>Writes {@code .tmp-<name>} in the same directory, syncs it, renames it and syncs the directory, without which the
 * rename itself may be lost by a power cut (protocol facts 2.5).
 */
public final class AtomicFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private AtomicFile() {}

    /**
     * Writes content readable by the owner only (mode 0600); parent directories are made with mode 0700.
     *
     * @throws IOException with the target's path when the directory is read-only, full or missing its permissions
     */
    public static void write(Path target, byte[] content) throws IOException {
        var directory = directoryOf(target);
        createPrivateDirectories(directory);
        var staged = directory.resolve(".tmp-" + target.getFileName());
        Files.deleteIfExists(staged);
        try (var channel = FileChannel.open(
                staged,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (IOException failed) {
            Files.deleteIfExists(staged);
            throw failed;
        }
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(directory);
    }

    /** Deletes the file if it is there and makes the deletion durable. */
    public static void delete(Path target) throws IOException {
        if (Files.deleteIfExists(target)) {
            syncDirectory(directoryOf(target));
        }
    }

    /** Creates the directory and its missing parents with mode 0700. */
    public static void createPrivateDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Makes renames and deletions in the directory durable. */
    public static void syncDirectory(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path directoryOf(Path target) {
        var parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(target + " is no file in a directory");
        }
        return parent;
    }
}
