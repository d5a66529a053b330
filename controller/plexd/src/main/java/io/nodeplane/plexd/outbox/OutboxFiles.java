package io.nodeplane.plexd.outbox;

import io.nodeplane.runtime.storage.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One file per item, {@code <sequence>-<digest of the key>.json}, mode 0600, replaced atomically. Keys are digested because they are
 * text of the control plane, and no file name is.
 */
final class OutboxFiles {
    private static final Pattern NAME = Pattern.compile("(\\d{20})-([0-9a-f]{16})\\.json");

    /**
     * A file.
     *
     * @param writtenAt by the file's own time
     */
    record Stored(Path path, long bytes, Instant writtenAt) {
        long sequence() {
            return Long.parseLong(name().substring(0, 20));
        }

        private String name() {
            return String.valueOf(path.getFileName());
        }

        boolean isAbout(String key) {
            return name().substring(21, 37).equals(digest(key));
        }
    }

    private final Path directory;

    OutboxFiles(Path directory) {
        this.directory = directory;
    }

    /** All items, oldest first; what a crash left half written is removed. */
    List<Stored> list() throws IOException {
        try (var files = Files.list(directory)) {
            for (var staged : files.filter(file -> file.getFileName().toString().startsWith(".tmp-"))
                    .toList()) {
                Files.deleteIfExists(staged);
            }
        } catch (NoSuchFileException | NotDirectoryException firstStart) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            var names = files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
            var stored = new ArrayList<Stored>();
            for (var path : names) {
                stored.add(new Stored(
                        path, Files.size(path), Files.getLastModifiedTime(path).toInstant()));
            }
            return stored;
        }
    }

    Stored write(long sequence, String key, byte[] item, Instant now) throws IOException {
        var path = directory.resolve(String.format(Locale.ROOT, "%020d-%s.json", sequence, digest(key)));
        AtomicFile.write(path, item);
        return new Stored(path, item.length, now);
    }

    byte[] read(Stored stored) throws IOException {
        return Files.readAllBytes(stored.path());
    }

    void delete(Stored stored) throws IOException {
        AtomicFile.delete(stored.path());
    }

    private static String digest(String key) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
