package io.nodeplane.plexd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import io.nodeplane.runtime.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process again and again and looks at what is left. */
class SpoolKillIT {
    private static final int RUNS = 4;

    @TempDir
    Path directory;

    @Test
    @Timeout(300)
    void deliversInOrderAndAtLeastOnceWhatWasStoredBeforeEachKill() throws Exception {
        for (var run = 0; run < RUNS; run++) {
            var process = start(run);
            try {
                awaitLines(100L * (run + 1) + 37L * run, process);
            } finally {
                process.destroyForcibly();
                assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            }
        }

        var delivered = new ArrayList<>(told("delivered "));
        var drops = new RecordedDrops();
        try (var spool = Spool.open(directory.resolve("spool"), 64 << 20, new TextJson(), drops)) {
            delivered.addAll(BufferContract.drain(spool));
        }

        var missing = new LinkedHashSet<>(told("stored "));
        missing.removeAll(new HashSet<>(delivered));
        assertEquals(List.of(), List.copyOf(missing));
        assertEquals(Map.of(), drops.dropped());
        assertInOrder(delivered);
    }

    /** First appearances follow the order of storing; repetitions come only from a batch that a kill left unacknowledged. */
    private static void assertInOrder(List<String> delivered) {
        var first = List.copyOf(new LinkedHashSet<>(delivered));
        var sorted =
                first.stream().sorted((a, b) -> Long.compare(rank(a), rank(b))).toList();
        assertEquals(sorted, first);
        var repeated = delivered.size() - first.size();
        assertTrue(repeated <= RUNS * 2, repeated + " records were delivered twice");
    }

    private static long rank(String record) {
        var parts = record.split(":", -1);
        return Long.parseLong(parts[0]) * 1_000_000 + Long.parseLong(parts[1]);
    }

    private Process start(int run) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx48m",
                        "-cp",
                        classPath(),
                        SpoolWriter.class.getName(),
                        directory.resolve("spool").toString(),
                        directory.resolve("told").toString(),
                        String.valueOf(run))
                .inheritIO()
                .start();
    }

    private static String classPath() {
        return Stream.of(Spool.class, SpoolWriter.class, AtomicFile.class, JsonFactory.class)
                .map(each ->
                        each.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(":"));
    }

    private void awaitLines(long count, Process process) throws IOException, InterruptedException {
        while (lines().size() < count) {
            assertTrue(process.isAlive(), "the writer ended early");
            Thread.sleep(5);
        }
    }

    private List<String> told(String deed) throws IOException {
        return lines().stream()
                .filter(line -> line.startsWith(deed))
                .map(line -> line.substring(deed.length()))
                .toList();
    }

    private List<String> lines() throws IOException {
        var file = directory.resolve("told");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
