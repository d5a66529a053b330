package io.nodeplane.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * The files of one image layer. The archive depends on nothing but paths, contents and modes: entries are sorted, the owner is root,
 * and every file has the same time.
 */
final class Layer {
    /** Not 0, which some tools take for "no time". The AOT cache remembers it for every jar. */
    private static final long MODIFIED_MILLIS = 1000;

    private static final int FOLDER = 040755;
    private static final int SHARED_FOLDER = 041777;
    private static final int EXECUTABLE = 0100755;
    private static final int FILE = 0100644;

    /** Absolute path in the image, without the leading slash, to file of the host. */
    private final SortedMap<String, Path> files = new TreeMap<>();

    private final SortedMap<String, Integer> folders = new TreeMap<>();
    private final String name;

    Layer(String name) {
        this.name = name;
    }

    /**
     * A written layer.
     *
     * @param archive the compressed tar
     * @param contentDigest SHA-256 of the tar before compression, 64 hex digits, by which an image names its layers
     */
    record Written(String name, Path archive, String contentDigest) {}

    /** Adds a file, and the folders above it. */
    Layer add(Path source, String target) {
        files.put(target.substring(1), source);
        for (var slash = target.indexOf('/', 1); slash > 0; slash = target.indexOf('/', slash + 1)) {
            folders.putIfAbsent(target.substring(1, slash + 1), FOLDER);
        }
        return this;
    }

    /** Adds every file below a folder. */
    Layer addTree(Path tree, String target) throws IOException {
        try (var walk = Files.walk(tree)) {
            walk.filter(Files::isRegularFile).forEach(file -> add(file, target + "/" + tree.relativize(file)));
        }
        return this;
    }

    /** Adds an empty folder in which everybody may make files. */
    Layer addSharedFolder(String target) {
        folders.put(target.substring(1) + "/", SHARED_FOLDER);
        return this;
    }

    /** Writes the archive into a folder, under a name made of its contents, unless it is there from an earlier build. */
    Written write(Path folder) throws IOException {
        var contents = Digest.of(new ArrayList<>(files.values()));
        var key = Digest.of(files.keySet().toString(), folders.toString(), contents);
        var archive = Files.createDirectories(folder).resolve(name + "-" + key + ".tar.gz");
        var digest = folder.resolve(archive.getFileName() + ".digest");
        if (!Files.exists(digest)) {
            var scratch = Files.createTempFile(folder, name, ".tmp");
            var contentDigest = compress(scratch);
            Files.move(scratch, archive, StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(digest, contentDigest);
        }
        return new Written(name, archive, Files.readString(digest));
    }

    private String compress(Path target) throws IOException {
        var parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
        parameters.setModificationInstant(Instant.EPOCH);
        var sha = Digest.sha256();
        try (var gzip = new GzipCompressorOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(target)), parameters);
                var tar = new TarArchiveOutputStream(new DigestOutputStream(gzip, sha), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var folder : folders.entrySet()) {
                putHeader(tar, folder.getKey(), folder.getValue(), 0);
                tar.closeArchiveEntry();
            }
            for (var file : files.entrySet()) {
                putFile(tar, file.getKey(), file.getValue());
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    /** The host's other mode bits, which follow the umask of whoever built, do not count. */
    private static void putFile(TarArchiveOutputStream tar, String path, Path source) throws IOException {
        putHeader(tar, path, isProgram(path, source) ? EXECUTABLE : FILE, Files.size(source));
        Files.copy(source, tar);
        tar.closeArchiveEntry();
    }

    private static boolean isProgram(String path, Path source) {
        return Files.isExecutable(source)
                && (path.contains("/bin/") || path.contains("ld-linux") || path.endsWith("jspawnhelper"));
    }

    private static void putHeader(TarArchiveOutputStream tar, String path, int mode, long size) throws IOException {
        var entry = new TarArchiveEntry(path);
        entry.setMode(mode);
        entry.setSize(size);
        entry.setModTime(MODIFIED_MILLIS);
        entry.setIds(0, 0);
        tar.putArchiveEntry(entry);
    }
}
