package io.nodeplane.plexd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.report.NodeReports.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeReportsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final OptionalLong ANY = OptionalLong.empty();

    @TempDir
    Path dataDir;

    private final InMemoryReports controlPlane = new InMemoryReports();
    private ReportOutbox outbox;

    @BeforeEach
    void open() {
        outbox = outbox();
    }

    @AfterEach
    void stop() {
        outbox.close();
    }

    @Test
    void countsVersionsFromOne() throws IOException {
        var reports = reports();

        assertEquals(new Outcome.Stored(entry("a", "1", 1)), reports.put("a", "application/json", "1", ANY));
        assertEquals(new Outcome.Stored(entry("a", "2", 2)), reports.put("a", "application/json", "2", ANY));
        assertEquals(new Outcome.Stored(entry("b", "1", 1)), reports.put("b", "application/json", "1", ANY));
        assertEquals(List.of("a", "b"), List.copyOf(reports.all().entries().keySet()));
    }

    @Test
    void refusesAWriteOfWhatTheCallerHasNotSeen() throws IOException {
        var reports = reports();

        assertInstanceOf(Outcome.Conflict.class, reports.put("a", "t", "1", OptionalLong.of(1)));
        assertInstanceOf(Outcome.Stored.class, reports.put("a", "t", "1", OptionalLong.of(0)));
        assertInstanceOf(Outcome.Conflict.class, reports.put("a", "t", "2", OptionalLong.of(0)));
        assertInstanceOf(Outcome.Conflict.class, reports.delete("a", OptionalLong.of(2)));
        assertInstanceOf(Outcome.Stored.class, reports.put("a", "t", "2", OptionalLong.of(1)));
        assertInstanceOf(Outcome.Deleted.class, reports.delete("a", OptionalLong.of(2)));
        assertInstanceOf(Outcome.Unknown.class, reports.delete("a", ANY));
    }

    @Test
    void keepsItsEntriesApartFromThoseOfTheNodeState() throws IOException {
        outbox.offer(ReportSource.NODE_STATE, List.of(entry("a", "1", 7)));
        var reports = reports();

        assertInstanceOf(Outcome.HeldElsewhere.class, reports.delete("a", ANY));
        assertEquals(
                new Outcome.Stored(entry("a", "2", 8)), reports.put("a", "application/json", "2", OptionalLong.of(7)));
        assertInstanceOf(Outcome.Deleted.class, reports.delete("a", ANY));
        assertEquals(
                Optional.of(new MergedReports.Held(ReportSource.NODE_STATE, entry("a", "1", 7))),
                reports.all().find("a"));
    }

    @Test
    void deliversAfterAnOutageAndARestartWhatWasPutBefore() throws Exception {
        controlPlane.failures.add(new ApiException.Unreachable("connection refused", null));
        outbox.close();
        try (var reports = reports()) {
            reports.put("b c", "t", "1", ANY);
            reports.put("a", "t", "1", ANY);
            reports.put("a", "t", "2", ANY);
        }

        outbox = outbox();
        outbox.start();
        try (var reports = reports()) {
            reports.start();
            var call = controlPlane.accepted.poll(10, TimeUnit.SECONDS);
            assertNotNull(call, "no report arrived");
            assertEquals(2, call.changed().size());
            assertEquals(2, call.changed().getFirst().version());

            reports.delete("a", ANY);
            var deletion = controlPlane.accepted.poll(10, TimeUnit.SECONDS);
            assertNotNull(deletion, "no deletion arrived");
            assertEquals(List.of("a"), deletion.deleted());
        }
    }

    @Test
    void changesNothingThatTheDiskDoesNotTake() throws IOException {
        var reports = reports();
        Files.createDirectories(dataDir.resolve("state"));
        Files.writeString(dataDir.resolve("state").resolve("report"), "no directory");

        assertThrows(IOException.class, () -> reports.put("a", "t", "1", ANY));
        assertTrue(reports.all().find("a").isEmpty());
    }

    @Test
    void setsABrokenFileAside() throws IOException {
        reports().put("good", "t", "1", ANY);
        var directory = dataDir.resolve("state").resolve("report");
        Files.writeString(directory.resolve("bad.json"), "{\"key\": ");
        Files.writeString(directory.resolve("other.json"), "{\"key\": \"../x\", \"version\": 1}");
        Files.writeString(directory.resolve(".tmp-good.json"), "{");

        assertEquals(Set.of("good"), reports().all().entries().keySet());
        assertTrue(Files.exists(directory.resolve("bad.json.corrupt")));
        assertFalse(Files.exists(directory.resolve(".tmp-good.json")));
    }

    @Test
    void isBounded() throws IOException {
        var reports = reports();
        for (var number = 0; number < NodeReports.MAX_ENTRIES; number++) {
            assertInstanceOf(Outcome.Stored.class, reports.put("k" + number, "t", "1", ANY));
        }
        assertInstanceOf(Outcome.Full.class, reports.put("one more", "t", "1", ANY));
        assertInstanceOf(Outcome.Stored.class, reports.put("k0", "t", "2", ANY));
        var large = "\"" + "x".repeat((int) NodeReports.MAX_CHARACTERS) + "\"";
        assertInstanceOf(Outcome.Full.class, reports.put("k0", "t", large, ANY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "a\nb", "a\u007f"})
    void refusesKeysThatAreNone(String key) {
        assertFalse(NodeReports.isKey(key), key);
    }

    @Test
    void refusesKeysThatAreTooLongForAFile() {
        assertTrue(NodeReports.isKey("x".repeat(240)));
        assertFalse(NodeReports.isKey("x".repeat(241)));
        assertFalse(NodeReports.isKey("ü".repeat(41)));
    }

    @Test
    void noKeyLeavesTheDirectory() {
        assertEquals("a.b%2Fc", ReportFiles.name("a.b/c"));
        assertEquals("%2E.", ReportFiles.name(".."));
        assertEquals("%C3%BC", ReportFiles.name("ü"));
    }

    private NodeReports reports() {
        return new NodeReports(
                outbox,
                dataDir,
                Duration.ofSeconds(5),
                InstantSource.fixed(NOW),
                pause -> Thread.onSpinWait(),
                () -> {});
    }

    private ReportOutbox outbox() {
        return new ReportOutbox(
                controlPlane, dataDir, InstantSource.fixed(NOW), pause -> Thread.onSpinWait(), new Random(1), () -> {});
    }

    private static ReportEntry entry(String key, String payload, long version) {
        return new ReportEntry(key, "application/json", payload, version, Optional.of(NOW));
    }
}
