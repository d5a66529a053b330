package io.nodeplane.plexd.actions.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.actions.run.ExecutionLedger.Begun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionLedgerTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void knowsNothingAtFirst() {
        var ledger = ledger();

        assertFalse(ledger.knows("e-1"));
        assertEquals(List.of(), ledger.unfinished());
    }

    @Test
    void remembersOverARestartWhatBeganAndWhatEnded() throws IOException {
        var ledger = ledger();
        var open = new Begun("e-\"2\"", "system.info", NOON, Optional.of("{\"type\":\"user\"}"));
        ledger.begin(begun("e-1"));
        ledger.finish("e-1");
        ledger.begin(open);

        var next = ledger();

        assertTrue(next.knows("e-1"));
        assertTrue(next.knows("e-\"2\""));
        assertFalse(next.knows("e-3"));
        assertEquals(List.of(open), next.unfinished());
    }

    @Test
    void isBounded() throws IOException {
        var ledger = ledger();
        for (var i = 0; i <= ExecutionLedger.MAX_FINISHED; i++) {
            ledger.finish("e-" + i);
        }

        var next = ledger();

        assertFalse(next.knows("e-0"));
        assertTrue(next.knows("e-1") && next.knows("e-" + ExecutionLedger.MAX_FINISHED));
    }

    @Test
    void setsADamagedFileAside() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"begun\":[{\"id\":\"e-1\"");

        var ledger = ledger();

        assertFalse(ledger.knows("e-1"));
        assertTrue(Files.exists(directory.resolve("actions/executions.json.corrupt")));
        ledger.begin(begun("e-2"));
        assertTrue(ledger().knows("e-2"));
    }

    @Test
    void saysSoWhenItCannotWriteAndStillLetsNothingRunTwice() throws IOException {
        Files.writeString(directory.resolve("actions"), "no directory");
        var ledger = ledger();

        assertThrows(IOException.class, () -> ledger.begin(begun("e-1")));

        assertTrue(ledger.knows("e-1"));
    }

    @Test
    void callsNothingFinishedWhoseEndIsNotTold() throws IOException {
        var ledger = ledger();
        Files.writeString(directory.resolve("actions"), "no directory");
        assertThrows(IOException.class, () -> ledger.begin(begun("e-1")));
        Files.delete(directory.resolve("actions"));

        ledger.begin(begun("e-2"));
        assertEquals(List.of(begun("e-1"), begun("e-2")), ledger().unfinished());

        ledger.finish("e-1");
        assertEquals(List.of(begun("e-2")), ledger().unfinished());
    }

    private static Begun begun(String id) {
        return new Begun(id, "a", NOON, Optional.empty());
    }

    private Path file() {
        return directory.resolve("actions/executions.json");
    }

    private ExecutionLedger ledger() {
        return new ExecutionLedger(file());
    }
}
