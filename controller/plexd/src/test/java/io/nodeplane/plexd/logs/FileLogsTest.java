package io.nodeplane.plexd.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.follow.InMemoryPositions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogsTest {
    private static final Instant NOW = Instant.parse("2026-02-20T12:00:00Z");

    @TempDir
    Path directory;

    private final List<LogRecord> records = new ArrayList<>();

    private FileLogs source(String... patterns) {
        var absolute = new ArrayList<String>();
        for (var pattern : patterns) {
            absolute.add(directory.resolve(pattern).toString());
        }
        return new FileLogs(absolute, "node-1", new InMemoryPositions(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void append(String file, String text) throws IOException {
        var path = directory.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> messages() {
        return records.stream().map(LogRecord::message).toList();
    }

    @Test
    void tellsTheLinesOfEveryFileThatMatches() throws IOException, InterruptedException {
        append("a.log", "");
        append("b.txt", "");
        append("deep/er/c.log", "");
        try (var source = source("*.log", "deep/**/*.log")) {
            source.collect(records::addAll);
            append("a.log", "one\n");
            append("b.txt", "not followed\n");
            append("deep/er/c.log", "two\n");
            source.collect(records::addAll);

            assertEquals(List.of("one", "two"), messages());
            assertEquals(
                    new LogRecord(NOW, "file", directory.resolve("a.log").toString(), "one", Severity.INFO, "node-1"),
                    records.getFirst());
        }
    }

    @Test
    void waitsForTheEndOfALineAndCutsALongOne() throws IOException, InterruptedException {
        append("a.log", "");
        try (var source = source("*.log")) {
            source.collect(records::addAll);
            append("a.log", "ha");
            source.collect(records::addAll);
            append("a.log", "lf\n" + "x".repeat(16384) + "\n" + "y".repeat(16385) + "\n" + "z".repeat(500_000) + "\n");
            source.collect(records::addAll);

            assertEquals(
                    List.of(
                            "half",
                            "x".repeat(16384),
                            "y".repeat(16384) + "[truncated]",
                            "z".repeat(16384) + "[truncated]"),
                    messages());
        }
    }

    @Test
    void readsAFileThatAppearsLaterFromItsBeginning() throws IOException, InterruptedException {
        try (var source = source("*.log")) {
            source.collect(records::addAll);
            append("a.log", "one\n");
            source.collect(records::addAll);
            append("a.log", "two\n");
            source.collect(records::addAll);

            assertEquals(List.of("one", "two"), messages());
        }
    }

    @Test
    void finishesARenamedFileOnceThoughItsNewNameMatchesToo() throws IOException, InterruptedException {
        append("a.log", "");
        try (var source = source("*.log")) {
            source.collect(records::addAll);
            append("a.log", "one\n");
            source.collect(records::addAll);
            append("a.log", "two\n");
            Files.move(directory.resolve("a.log"), directory.resolve("a-2026.log"));
            append("a.log", "three\n");
            for (var tick = 0; tick < 3; tick++) {
                source.collect(records::addAll);
            }

            assertEquals(List.of("one", "two", "three"), messages());
        }
    }

    @Test
    void refusesARelativePattern() {
        var failed = assertThrows(
                IllegalArgumentException.class,
                () -> new FileLogs(List.of("logs/*.log"), "n", new InMemoryPositions(), Clock.systemUTC()));

        assertEquals("log file pattern logs/*.log is not absolute", failed.getMessage());
    }

    @Test
    void filtersBySeverityAndUnit() {
        var filter = new LogFilter(Severity.WARNING, Set.of("a", "b"), Set.of("b"));

        assertTrue(filter.passes(new LogRecord(NOW, "file", "a", "m", Severity.WARNING, "n")));
        assertTrue(filter.passes(new LogRecord(NOW, "file", "a", "m", Severity.EMERGENCY, "n")));
        assertFalse(filter.passes(new LogRecord(NOW, "file", "a", "m", Severity.INFO, "n")));
        assertFalse(filter.passes(new LogRecord(NOW, "file", "b", "m", Severity.ERROR, "n")));
        assertFalse(filter.passes(new LogRecord(NOW, "file", "c", "m", Severity.ERROR, "n")));
    }
}
