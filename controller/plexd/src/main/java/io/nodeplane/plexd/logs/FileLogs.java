package io.nodeplane.plexd.logs;

import io.nodeplane.plexd.follow.FollowedFile;
import io.nodeplane.plexd.follow.Line;
import io.nodeplane.plexd.follow.Positions;
import io.nodeplane.plexd.pipeline.Source;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lines of log files: source {@code file}, unit the path, severity {@code info}, time of reading (protocol facts 5.4). Files
 * are followed through rotation and truncation; half lines wait for their end; long lines are cut at 16384 bytes.
 */
public final class FileLogs implements Source<LogRecord> {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int CHUNK = 500;

    private final FilePatterns patterns;
    private final Positions positions;
    private final String hostname;
    private final Clock clock;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final TreeMap<Path, FollowedFile> followed = new TreeMap<>();
    private final TreeMap<String, Path> owners = new TreeMap<>();
    private boolean looked;
    private final List<LogRecord> chunk = new ArrayList<>();

    /**
     * A source that looks for files anew at every collection.
     *
     * @param patterns globs of absolute paths
     * @param positions survive a restart
     * @throws IllegalArgumentException for a pattern that is relative or malformed
     */
    public FileLogs(List<String> patterns, String hostname, Positions positions, Clock clock) {
        this.patterns = new FilePatterns(patterns);
        this.positions = positions;
        this.hostname = hostname;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public void collect(Intake<LogRecord> intake) throws IOException, InterruptedException {
        var present = patterns.files();
        closeVanished(present);
        var owned = ownedFiles(present);
        IOException first = null;
        for (var path : owned) {
            var history = looked;
            var file = followed.computeIfAbsent(path, fresh -> new FollowedFile(fresh, positions, buffer, history));
            try {
                collect(file, intake);
            } catch (IOException failed) {
                // One unreadable file holds up no other; the first failure is told.
                first = first == null ? failed : first;
            }
        }
        looked = true;
        if (first != null) {
            throw first;
        }
    }

    /** Leaves out a file that was renamed to another name of the patterns: it is finished under its first name. */
    private List<Path> ownedFiles(SortedSet<Path> present) throws IOException {
        var identities = new TreeMap<String, Path>();
        var owned = new ArrayList<Path>();
        for (var path : present) {
            try {
                var identity = FollowedFile.identity(path);
                var owner = owners.getOrDefault(identity, path);
                identities.put(identity, owner);
                if (owner.equals(path)) {
                    owned.add(path);
                }
            } catch (NoSuchFileException gone) {
                // Rotated away since the patterns were matched; its new name is there at the next collection.
            }
        }
        owners.clear();
        owners.putAll(identities);
        return owned;
    }

    private void closeVanished(SortedSet<Path> present) throws IOException {
        var files = followed.entrySet().iterator();
        while (files.hasNext()) {
            var each = files.next();
            if (!present.contains(each.getKey())) {
                each.getValue().close();
                files.remove();
            }
        }
    }

    private void collect(FollowedFile file, Intake<LogRecord> intake) throws IOException, InterruptedException {
        chunk.clear();
        file.begin();
        try {
            do {
                drain(file, intake);
            } while (file.advance());
        } finally {
            if (intake.isKept()) {
                file.save();
            }
        }
    }

    private void drain(FollowedFile file, Intake<LogRecord> intake) throws IOException, InterruptedException {
        for (var line = file.next(); line != null; line = file.next()) {
            if (line.total() > 0) {
                chunk.add(record(file, line));
            }
            if (chunk.size() == CHUNK) {
                handOver(file, intake);
            }
        }
        handOver(file, intake);
    }

    private void handOver(FollowedFile file, Intake<LogRecord> intake) throws IOException, InterruptedException {
        if (!chunk.isEmpty()) {
            intake.accept(List.copyOf(chunk));
            chunk.clear();
        }
        file.accepted();
    }

    private LogRecord record(FollowedFile file, Line line) {
        var head = new Line(
                line.bytes(), line.from(), Math.min(line.length(), LogText.MAX_BYTES), line.offset(), line.total());
        var message = head.whole() ? head.text() : LogText.cut(head.text());
        return new LogRecord(clock.instant(), "file", file.path().toString(), message, Severity.INFO, hostname);
    }

    @Override
    public void close() throws IOException {
        closeVanished(new TreeSet<>());
    }
}
