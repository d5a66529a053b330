package io.nodeplane.plexd.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.follow.InMemoryPositions;
import io.nodeplane.plexd.pipeline.Source;
import io.nodeplane.runtime.logging.LogBuffer;
import io.nodeplane.runtime.logging.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every point of the seed's list (seed "K8sAuditLogReader", ReadEvents), and what a reader of long logs meets besides. */
class KubernetesAuditLogTest {
    @TempDir
    Path directory;

    private final InMemoryPositions positions = new InMemoryPositions();
    private final List<AuditRecord> records = new ArrayList<>();

    private Path log() {
        return directory.resolve("audit.log");
    }

    private void append(String... lines) throws IOException {
        Files.writeString(log(), String.join("\n", lines) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String event(String name) {
        return event(name, "");
    }

    private static String event(String name, String more) {
        return "{\"verb\":\"get\",\"objectRef\":{\"resource\":\"pods\",\"name\":\"" + name + "\"}," + more
                + "\"responseStatus\":{\"code\":200},\"stageTimestamp\":\"2025-01-15T10:30:01.000000Z\"}";
    }

    private KubernetesAuditLog reader() {
        return new KubernetesAuditLog(log(), "node-1", positions);
    }

    private List<String> objects() {
        return records.stream().map(AuditRecord::objectJson).toList();
    }

    @Test
    void reportsAMissingLogAsSuch() throws IOException {
        try (var reader = reader()) {
            assertThrows(NoSuchFileException.class, () -> reader.collect(records::addAll));
        }
    }

    @Test
    void reportsALogThatCannotBeOpened() throws IOException {
        Files.writeString(directory.resolve("file"), "in the way");
        try (var reader = new KubernetesAuditLog(directory.resolve("file/audit.log"), "node-1", positions)) {
            assertThrows(IOException.class, () -> reader.collect(records::addAll));
        }
    }

    @Test
    void beginsAnEmptiedLogFromItsBeginning() throws IOException, InterruptedException {
        append(event("history"), event("more-history"));
        try (var reader = reader()) {
            reader.collect(records::addAll);
            Files.writeString(log(), event("a") + "\n");
            reader.collect(records::addAll);

            assertEquals(List.of("\"pods/a\""), objects());
        }
    }

    @Test
    void warnsOnceInACollectionOfTheLinesThatItSkips() throws IOException, InterruptedException {
        append(event("history"));
        var said = new LogBuffer(100);
        Logging.attach(said);
        try (var reader = reader()) {
            reader.collect(records::addAll);
            append("garbage", event("a"), "{\"verb\":");
            reader.collect(records::addAll);

            var warnings = said.drain(100).stream()
                    .filter(line -> line.message().equals("audit lines skipped that are no audit events"))
                    .toList();
            assertEquals(1, warnings.size(), warnings::toString);
            assertEquals("WARN", warnings.getFirst().level().toString());
            assertEquals("2", warnings.getFirst().fields().get("lines"));
        } finally {
            Logging.detach(said);
        }
    }

    @Test
    void handsOverOnlyNewEvents() throws IOException, InterruptedException {
        append(event("history"));
        try (var reader = reader()) {
            reader.collect(records::addAll);
            append(event("a"), event("b"));
            reader.collect(records::addAll);
            reader.collect(records::addAll);

            assertEquals(List.of("\"pods/a\"", "\"pods/b\""), objects());
        }
    }

    @Test
    void storesNoPlaceWhileARestartWouldLoseWhatWasHandedOver() throws IOException, InterruptedException {
        append(event("history"));
        try (var reader = reader()) {
            reader.collect(records::addAll);
            append(event("a"));
            reader.collect(new InMemory());
            append(event("b"));
            reader.collect(new InMemory());
            assertEquals(List.of("\"pods/a\"", "\"pods/b\""), objects());
        }
        records.clear();

        try (var next = reader()) {
            next.collect(records::addAll);
        }

        assertEquals(List.of("\"pods/a\"", "\"pods/b\""), objects());
    }

    /** A buffer whose disk refuses. */
    private final class InMemory implements Source.Intake<AuditRecord> {
        @Override
        public void accept(List<AuditRecord> taken) {
            records.addAll(taken);
        }

        @Override
        public boolean isKept() {
            return false;
        }
    }

    @Test
    void skipsLinesThatAreNoEvents() throws IOException, InterruptedException {
        append(event("history"));
        try (var reader = reader()) {
            reader.collect(records::addAll);
            append(event("a"), "garbage", "", "{\"verb\":", "{\"a\":" + "[".repeat(10_000), "\u0000\u0000", event("b"));
            reader.collect(records::addAll);

            assertEquals(List.of("\"pods/a\"", "\"pods/b\""), objects());
        }
    }

    @Test
    void followsALineOfManyMebibytesAndCutsItsText() throws IOException, InterruptedException {
        append(event("history"));
        var huge = event("huge", "\"requestObject\":{\"data\":\"" + "ü".repeat(6 << 20) + "\"},");
        try (var reader = reader()) {
            reader.collect(records::addAll);
            append(huge, event("b"));
            reader.collect(records::addAll);

            assertEquals(List.of("\"pods/huge\"", "\"pods/b\""), objects());
            var raw = records.getFirst().raw();
            assertTrue(raw.endsWith("ü[truncated]"), "ends with " + raw.substring(raw.length() - 20));
            assertTrue(raw.length() > 500_000 && raw.length() < 1 << 20, "length " + raw.length());
        }
    }

    @Test
    void keepsTheWholeTextOfALineUpToOneMebibyte() throws IOException, InterruptedException {
        append(event("history"));
        var large = event("large", "\"requestObject\":{\"data\":\"" + "x".repeat(900_000) + "\"},");
        try (var reader = reader()) {
            reader.collect(records::addAll);
            append(large);
            reader.collect(records::addAll);

            assertEquals(large, records.getFirst().raw());
        }
    }

    @Test
    void handsOverAgainWhatTheBufferDidNotTake() throws IOException, InterruptedException {
        append(event("history"));
        try (var reader = reader()) {
            reader.collect(records::addAll);
            append(event("a"));
            assertThrows(
                    IOException.class,
                    () -> reader.collect(refused -> {
                        throw new IOException("no space");
                    }));
            reader.collect(records::addAll);

            assertEquals(List.of("\"pods/a\""), objects());
        }
    }

    @Test
    void handsOverALongBacklogInBoundedChunks() throws IOException, InterruptedException {
        append(event("history"));
        var sizes = new ArrayList<Integer>();
        try (var reader = reader()) {
            reader.collect(records::addAll);
            var lines = new String[1200];
            for (var i = 0; i < lines.length; i++) {
                lines[i] = event("p" + i);
            }
            append(lines);
            reader.collect(chunk -> sizes.add(chunk.size()));

            assertEquals(List.of(500, 500, 200), sizes);
        }
    }
}
