package io.nodeplane.plexd.integrity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What follows from a look at the files.
 *
 * <p>A file of the program that differs stays different until the version changes: each other content is told once. A hook that differs is
 * told once and is the new baseline: its content is the node owner's to change, and a run is bound to the checksum of its request.
 *
 * @param next baseline from now on
 * @param violations to be told, sorted by kind and path
 * @param note for the log, about a baseline that was made or replaced
 */
record IntegrityPlan(Baseline next, List<Violation> violations, Optional<String> note) {
    IntegrityPlan {
        violations = List.copyOf(violations);
    }

    /**
     * What was found; maps from path to checksum, that of no bytes for a file that is gone.
     *
     * @param version of the running program
     */
    record Observed(String version, Map<String, String> binary, Map<String, String> hooks, Instant at) {}

    static IntegrityPlan between(Optional<Baseline> known, Observed now, Violation.Detection detection) {
        if (known.isEmpty()) {
            return new IntegrityPlan(made(now, now.hooks()), List.of(), Optional.of("checksum baseline made"));
        }
        var before = known.get();
        var violations = new ArrayList<Violation>();
        var look = new Look(now, detection, violations);
        if (!before.version().equals(now.version())) {
            look.compareHooks(before);
            var note = "program was upgraded from " + before.version() + " to " + now.version()
                    + ", checksum baseline made anew";
            return new IntegrityPlan(made(now, now.hooks()), violations, Optional.of(note));
        }
        var reported = look.compareBinary(before);
        look.compareHooks(before);
        var next = new Baseline(before.version(), before.binary(), reported, now.hooks());
        return new IntegrityPlan(next, violations, Optional.empty());
    }

    private static Baseline made(Observed now, Map<String, String> hooks) {
        return new Baseline(now.version(), now.binary(), Map.of(), hooks);
    }

    /** One comparison under way. */
    private record Look(Observed now, Violation.Detection detection, List<Violation> violations) {
        /** What is different now, told or to be told. */
        private Map<String, String> compareBinary(Baseline before) {
            var different = new TreeMap<String, String>();
            var paths = new TreeSet<>(before.binary().keySet());
            paths.addAll(now.binary().keySet());
            for (var path : paths) {
                var expected = before.binary().getOrDefault(path, Sha256.OF_NOTHING);
                var actual = now.binary().getOrDefault(path, Sha256.OF_NOTHING);
                if (expected.equals(actual)) {
                    continue;
                }
                different.put(path, actual);
                if (!actual.equals(before.reported().get(path))) {
                    tell(Violation.Kind.BINARY, path, expected, actual);
                }
            }
            return different;
        }

        private void compareHooks(Baseline before) {
            before.hooks().forEach((path, expected) -> {
                var actual = now.hooks().get(path);
                if (actual != null && !actual.equals(expected)) {
                    tell(Violation.Kind.HOOK, path, expected, actual);
                }
            });
        }

        private void tell(Violation.Kind kind, String path, String expected, String actual) {
            violations.add(new Violation(kind, detection, path, expected, actual, detail(expected, actual), now.at()));
        }

        private String detail(String expected, String actual) {
            var what = actual.equals(Sha256.OF_NOTHING)
                    ? "file is missing or empty"
                    : expected.equals(Sha256.OF_NOTHING) ? "file is new, the version is not" : "content changed";
            return what + " (" + detection.word() + ")";
        }
    }
}
