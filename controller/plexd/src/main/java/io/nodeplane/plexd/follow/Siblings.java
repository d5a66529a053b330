package io.nodeplane.plexd.follow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds what a followed file was renamed to: {@code audit.log} becomes {@code audit-<time>.log} (kube-apiserver) or
 * {@code audit.log.1} or {@code audit.log-<date>} (logrotate). Compressed files are not read.
 */
final class Siblings {
    private record Sibling(Path path, String key, FileTime modified) {}

    private static final int ATTEMPTS = 10;

    private Siblings() {}

    /** The rotated file of an identity. */
    static Optional<Path> find(Path path, String key) throws IOException {
        return list(path).stream()
                .filter(sibling -> sibling.key.equals(key))
                .map(Sibling::path)
                .findFirst();
    }

    /**
     * The file that came after the one of an identity: the next rotated one, or the path itself.
     *
     * @throws NoSuchFileException when it is not made yet
     */
    static OpenFile openSuccessor(Path path, String key) throws IOException {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var file = OpenFile.open(successor(path, key));
            try {
                // What was looked up as the path itself may have been rotated, and a later file opened under its name.
                if (OpenFile.keyOf(successor(path, key)).equals(file.key())) {
                    return file;
                }
            } catch (IOException failed) {
                file.close();
                throw failed;
            }
            file.close();
        }
        throw new IOException(path + " is rotated faster than it can be opened");
    }

    private static Path successor(Path path, String key) throws IOException {
        var siblings = list(path);
        for (var i = 0; i < siblings.size() - 1; i++) {
            if (siblings.get(i).key.equals(key)) {
                return siblings.get(i + 1).path;
            }
        }
        return path;
    }

    /** Oldest first, by the time of the last write. */
    private static List<Sibling> list(Path path) throws IOException {
        var name = String.valueOf(path.getFileName());
        var rotated = rotatedName(name);
        var found = new ArrayList<Sibling>();
        try (var files = Files.newDirectoryStream(path.toAbsolutePath().resolveSibling(""))) {
            for (var file : files) {
                if (rotated.matcher(String.valueOf(file.getFileName())).matches()) {
                    add(file, found);
                }
            }
        }
        found.sort(Comparator.comparing(Sibling::modified).thenComparing(Sibling::path));
        return found;
    }

    private static Pattern rotatedName(String name) {
        var dot = name.lastIndexOf('.');
        var stem = Pattern.quote(dot < 0 ? name : name.substring(0, dot));
        var extension = Pattern.quote(dot < 0 ? "" : name.substring(dot));
        return Pattern.compile(stem + "-\\d.*" + extension + "|" + Pattern.quote(name) + "[.-]\\d[^.]*");
    }

    private static void add(Path file, List<Sibling> found) throws IOException {
        try {
            if (Files.isRegularFile(file)) {
                found.add(new Sibling(file, OpenFile.keyOf(file), Files.getLastModifiedTime(file)));
            }
        } catch (NoSuchFileException removedMeanwhile) {
            // Rotation also deletes old files.
        }
    }
}
