package io.nodeplane.plexd.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a program in journalctl's place that keeps its arguments and prints a file. */
class JournalIT {
    @TempDir
    Path directory;

    private final List<LogRecord> records = new ArrayList<>();

    private Journal journal() {
        return new Journal(List.of(directory), directory.resolve("positions/journal"), "node-1");
    }

    private void install(String entries) throws IOException {
        Files.writeString(directory.resolve("entries"), entries);
        var program = directory.resolve("journalctl");
        Files.writeString(
                program, "#!/bin/sh\necho \"$@\" > " + directory + "/arguments\nexec cat " + directory + "/entries\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private static String entry(int number, String message, String more) {
        return "{\"__CURSOR\":\"s=1;i=" + number + "\",\"__REALTIME_TIMESTAMP\":\"1771588800000001\",\"MESSAGE\":"
                + message + more + "}\n";
    }

    @Test
    void reportsAMissingProgramAsSuch() {
        assertThrows(NoSuchFileException.class, () -> journal().collect(records::addAll));
    }

    @Test
    void translatesEntriesAndGoesOnBehindTheLastOne() throws IOException, InterruptedException {
        install(entry(1, "\"hello\"", ",\"PRIORITY\":\"3\",\"_SYSTEMD_UNIT\":\"kubelet.service\"")
                + "no entry\n"
                + entry(2, "[104,105,10]", "")
                + entry(3, "null", ",\"PRIORITY\":\"6\""));

        journal().collect(records::addAll);
        var first = Files.readString(directory.resolve("arguments"));
        journal().collect(refused -> {});
        var second = Files.readString(directory.resolve("arguments"));

        var at = Instant.parse("2026-02-20T12:00:00.000001Z");
        assertEquals(
                List.of(
                        new LogRecord(at, "journald", "kubelet.service", "hello", Severity.ERROR, "node-1"),
                        new LogRecord(at, "journald", "", "hi\n", Severity.INFO, "node-1")),
                records);
        assertEquals("--output=json --no-pager --quiet --since=60 seconds ago\n", first);
        assertEquals("--output=json --no-pager --quiet --after-cursor=s=1;i=3\n", second);
    }

    @Test
    void keepsItsCursorWhenTheRecordsWereNotTaken() throws IOException, InterruptedException {
        install(entry(1, "\"hello\"", ""));
        assertThrows(
                IOException.class,
                () -> journal().collect(refused -> {
                    throw new IOException("no space");
                }));

        journal().collect(records::addAll);

        assertEquals(1, records.size());
        assertEquals(
                "--output=json --no-pager --quiet --since=60 seconds ago\n",
                Files.readString(directory.resolve("arguments")));
    }

    @Test
    void readsABurstOverSeveralCollections() throws IOException, InterruptedException {
        var burst = new StringBuilder();
        for (var i = 0; i < 6000; i++) {
            burst.append(entry(i, "\"m\"", ""));
        }
        install(burst.toString());

        journal().collect(records::addAll);

        assertEquals(5000, records.size());
        assertEquals("s=1;i=4999\n", Files.readString(directory.resolve("positions/journal")));
    }
}
