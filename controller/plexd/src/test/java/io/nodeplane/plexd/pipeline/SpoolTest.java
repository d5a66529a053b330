package io.nodeplane.plexd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest extends BufferContract {
    @TempDir
    Path directory;

    @Override
    RecordBuffer<String> buffer(int maxBytes) throws IOException {
        return Spool.open(directory.resolve("spool"), maxBytes, new TextJson(), drops);
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(directory.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".segment"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void findsAfterARestartWhatWasNotAcknowledged() throws IOException {
        try (var spool = buffer(1 << 20)) {
            spool.append(List.of("a", "b", "c"));
            spool.acknowledge(spool.peek(1, ALL).first() + 1);
        }

        try (var spool = buffer(1 << 20)) {
            spool.append(List.of("d"));

            assertEquals(3, spool.size());
            assertEquals(List.of("b", "c", "d"), drain(spool));
        }
    }

    @Test
    void repeatsNothingAfterARestartWhenAllWasAcknowledged() throws IOException {
        for (var restart = 0; restart < 3; restart++) {
            try (var spool = buffer(1 << 20)) {
                assertEquals(0, spool.size());
                spool.append(List.of("a" + restart));
                assertEquals(List.of("a" + restart), drain(spool));
            }
        }
    }

    @Test
    void ignoresATornTail() throws IOException {
        try (var spool = buffer(1 << 20)) {
            spool.append(List.of("a", "b"));
        }
        Files.write(segments().getLast(), new byte[] {0, 0, 0, 50, 1, 2, 3, 4, '{'}, StandardOpenOption.APPEND);

        try (var spool = buffer(1 << 20)) {
            spool.append(List.of("c"));

            assertEquals(List.of("a", "b", "c"), drain(spool));
            assertEquals(Map.of(), drops.dropped());
        }
    }

    @Test
    void countsWhatDamageCostsAndGoesOnBehindIt() throws IOException {
        try (var spool = buffer(1 << 20)) {
            spool.append(List.of("a", "b", "c"));
        }
        try (var spool = buffer(1 << 20)) {
            spool.append(List.of("d"));
        }
        var first = segments().getFirst();
        var bytes = Files.readAllBytes(first);
        bytes[bytes.length / 2] = (byte) ~bytes[bytes.length / 2];
        Files.write(first, bytes);

        try (var spool = buffer(1 << 20)) {
            assertEquals(List.of("a", "d"), drain(spool));
            assertEquals(Map.of(Drops.Reason.CORRUPT, 2L), drops.dropped());
        }
    }

    @Test
    void deliversAgainWhenThePositionIsDamaged() throws IOException {
        try (var spool = buffer(1 << 20)) {
            spool.append(List.of("a", "b"));
            spool.acknowledge(spool.peek(1, ALL).first() + 1);
        }
        Files.writeString(directory.resolve("spool/position"), "nonsense");

        try (var spool = buffer(1 << 20)) {
            assertEquals(List.of("a", "b"), drain(spool));
        }
    }

    @Test
    void deletesDeliveredSegments() throws IOException {
        try (var spool = buffer(1 << 16)) {
            var many = IntStream.range(0, 80).mapToObj(i -> "x".repeat(100)).toList();
            spool.append(many);
            spool.append(many);
            assertEquals(2, segments().size());

            drain(spool);

            assertEquals(1, segments().size());
        }
    }

    @Test
    void keepsItsFilesForTheOwnerOnly() throws IOException {
        try (var spool = buffer(1 << 20)) {
            spool.append(List.of("a"));
            drain(spool);

            assertEquals("rwx------", mode(directory.resolve("spool")));
            assertEquals("rw-------", mode(segments().getFirst()));
            assertEquals("rw-------", mode(directory.resolve("spool/position")));
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void staysWithinItsLimitOnDisk() throws IOException {
        try (var spool = buffer(1 << 16)) {
            for (var i = 0; i < 1000; i++) {
                spool.append(List.of("x".repeat(200)));
            }
            var total = 0L;
            for (var segment : segments()) {
                total += Files.size(segment);
            }

            assertTrue(total <= 1 << 16, "spool takes " + total);
        }
    }
}
