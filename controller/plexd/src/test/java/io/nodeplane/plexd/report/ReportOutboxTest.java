package io.nodeplane.plexd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports until the control plane has them (seed "CRDController"). */
class ReportOutboxTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path dataDir;

    private final InMemoryReports reports = new InMemoryReports();

    @Test
    void sendsAChangeOnceEvenOverARestart() throws InterruptedException {
        try (var outbox = started()) {
            outbox.offer(ReportSource.NODE_STATE, List.of(entry("a", "1")));
            assertNotNull(next());
            awaitAcknowledgements();
        }

        try (var outbox = started()) {
            outbox.offer(ReportSource.NODE_STATE, List.of(entry("a", "1"), entry("b", "2")));

            assertEquals(
                    List.of("b"), next().changed().stream().map(e -> e.key()).toList());
        }
    }

    @Test
    void sendsDeletions() throws InterruptedException {
        try (var outbox = started()) {
            outbox.offer(ReportSource.NODE_STATE, List.of(entry("a", "1")));
            next();

            outbox.offer(ReportSource.NODE_STATE, List.of());

            assertEquals(List.of("a"), next().deleted());
        }
    }

    @Test
    void triesAgainAfterAnOutageWithWhatIsCurrentThen() throws InterruptedException {
        reports.failures.add(new ApiException.Unreachable("connection refused", null));
        reports.failures.add(new ApiException.ServerFault(503, "POST report: 503"));
        reports.failures.add(new ApiException.Rejected(404, "POST report: 404 unknown node"));
        try (var outbox = started()) {
            outbox.offer(ReportSource.NODE_STATE, List.of(entry("a", "1")));

            assertEquals(
                    List.of("a"), next().changed().stream().map(e -> e.key()).toList());
        }
    }

    @Test
    void oneRefusedReportDoesNotHoldBackTheOthers() throws InterruptedException {
        reports.refusedKeys.add("bad");
        try (var outbox = started()) {
            outbox.offer(ReportSource.NODE_STATE, List.of(entry("a", "1"), entry("bad", "1"), entry("c", "1")));

            next();
            next();

            assertEquals(Set.of("a", "c"), reports.entries.keySet());
            assertNull(reports.accepted.poll(), "the refused report is not tried again");
        }
    }

    @Test
    void aRefusedReportDoesNotHoldBackADeletion() throws InterruptedException {
        reports.refusedKeys.add("bad");
        try (var outbox = started()) {
            outbox.offer(ReportSource.NODE_STATE, List.of(entry("a", "1")));
            next();

            outbox.offer(ReportSource.NODE_STATE, List.of(entry("bad", "1")));

            assertEquals(List.of("a"), next().deleted());
            assertNull(reports.accepted.poll(), "the refused report is not tried again");
        }
    }

    /** They are written after the control plane's answer; an outbox that ends in between sends the change again. */
    private void awaitAcknowledgements() throws InterruptedException {
        var file = dataDir.resolve("state").resolve("report-acks.json");
        for (var attempt = 0; attempt < 1000 && !Files.exists(file); attempt++) {
            Thread.sleep(10);
        }
        assertTrue(Files.exists(file), file + " is there");
    }

    private ReportOutbox started() {
        var outbox = new ReportOutbox(
                reports, dataDir, InstantSource.fixed(NOW), pause -> Thread.onSpinWait(), new Random(1), () -> {});
        outbox.start();
        return outbox;
    }

    private InMemoryReports.Call next() throws InterruptedException {
        var call = reports.accepted.poll(10, TimeUnit.SECONDS);
        assertNotNull(call, "no report arrived");
        return call;
    }

    private static ReportEntry entry(String key, String payload) {
        return new ReportEntry(key, "application/json", payload, 1, Optional.empty());
    }
}
