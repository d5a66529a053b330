package io.nodeplane.plexd.integrity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of the running program and their checksums. A file is read again only when its size, inode, time of change or time of
 * modification is another: reading all of them every few minutes would keep them in the page cache, which counts as the agent's memory.
 * The time of change cannot be set by a program. Belongs to one thread.
 */
public final class ProgramFiles {
    private record Seen(Map<String, Object> stamp, String checksum) {}

    private final List<Path> files;
    private final Map<Path, Seen> seen = new HashMap<>();

    /** Of these files. */
    public ProgramFiles(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** By path; that of no bytes for a file that is gone or cannot be read. */
    Map<String, String> checksums() {
        var checksums = new TreeMap<String, String>();
        for (var file : files) {
            checksums.put(file.toString(), checksum(file));
        }
        return checksums;
    }

    private String checksum(Path file) {
        try {
            var stamp = Files.readAttributes(file, "unix:size,ino,ctime,lastModifiedTime");
            var before = seen.get(file);
            if (before != null && before.stamp().equals(stamp)) {
                return before.checksum();
            }
            // Through links: a package manager may lay out a program with them.
            var checksum = Sha256.of(file.toRealPath());
            seen.put(file, new Seen(stamp, checksum));
            return checksum;
        } catch (IOException gone) {
            return Sha256.OF_NOTHING;
        }
    }
}
