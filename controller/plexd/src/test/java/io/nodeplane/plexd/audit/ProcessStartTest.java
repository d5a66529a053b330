package io.nodeplane.plexd.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The event of a new process (seed "Kubernetes E2E Test", 9. Pod restart resilience). */
class ProcessStartTest {
    private static final Instant NOW = Instant.parse("2026-02-20T12:00:00Z");

    private final ProcessStart source = new ProcessStart(17, "worker-1", Clock.fixed(NOW, ZoneOffset.UTC));
    private final List<AuditRecord> records = new ArrayList<>();

    @Test
    void tellsOnceThatTheProcessStarted() throws IOException, InterruptedException {
        source.collect(records::addAll);
        source.collect(records::addAll);

        assertEquals(
                List.of(new AuditRecord(
                        NOW,
                        "process",
                        "process_start",
                        "{\"pid\":17}",
                        "\"plexd\"",
                        "start",
                        "success",
                        "worker-1",
                        "")),
                records);
    }

    @Test
    void tellsAgainWhatTheBufferDidNotTake() throws IOException, InterruptedException {
        assertThrows(
                IOException.class,
                () -> source.collect(refused -> {
                    throw new IOException("no space");
                }));

        source.collect(records::addAll);

        assertEquals(1, records.size());
    }
}
