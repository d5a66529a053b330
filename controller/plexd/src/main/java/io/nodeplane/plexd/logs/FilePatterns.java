package io.nodeplane.plexd.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Globs of absolute paths ({@code log_fwd.file_patterns}), for example {@code /var/log/*.log}. */
final class FilePatterns {
    /** Of directories below the part of a glob without wildcards, when it holds {@code **}. */
    private static final int MAX_DEPTH = 8;

    /** Every followed file keeps one open; a careless glob must not use up the process. */
    static final int MAX_FILES = 200;

    private record Pattern(Path base, int depth, PathMatcher matcher) {
        static Pattern of(String glob) {
            var path = Path.of(glob);
            var plain = path.getRoot();
            if (plain == null) {
                throw new IllegalArgumentException("log file pattern " + glob + " is not absolute");
            }
            var names = path.getNameCount();
            var fixed = 0;
            while (fixed < names - 1 && !path.getName(fixed).toString().matches(".*[*?\\[{].*")) {
                plain = plain.resolve(path.getName(fixed));
                fixed++;
            }
            var depth = glob.contains("**") ? MAX_DEPTH : names - fixed;
            return new Pattern(plain, depth, FileSystems.getDefault().getPathMatcher("glob:" + glob));
        }
    }

    private final List<Pattern> patterns;

    /**
     * Compiles the globs.
     *
     * @throws IllegalArgumentException for one that is relative or malformed
     */
    FilePatterns(List<String> globs) {
        patterns = globs.stream().map(Pattern::of).toList();
    }

    /** Regular files that match now, sorted, at most {@link #MAX_FILES}. */
    SortedSet<Path> files() throws IOException {
        var found = new TreeSet<Path>();
        for (var pattern : patterns) {
            if (!Files.isDirectory(pattern.base)) {
                continue;
            }
            try (var walk = Files.find(
                    pattern.base,
                    pattern.depth,
                    (path, attributes) -> attributes.isRegularFile() && pattern.matcher.matches(path))) {
                walk.limit(MAX_FILES).forEach(found::add);
            } catch (UncheckedIOException unreadable) {
                throw unreadable.getCause();
            }
        }
        while (found.size() > MAX_FILES) {
            found.removeLast();
        }
        return found;
    }
}
