package io.nodeplane.plexd.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.follow.FilePositions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A writer that appends, writes half lines, and rotates by rename while a reader runs and is replaced at random. Emptying a
 * file (truncation, copytruncate) loses for every reader what it has not read, so the writer waits for the reader before it.
 */
class AuditLogTortureIT {
    private static final int EVENTS = 1000;

    @TempDir
    Path directory;

    private final List<Integer> seen = new ArrayList<>();
    private final AtomicInteger written = new AtomicInteger();
    private volatile int read;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Timeout(240)
    void everyEventArrivesExactlyOnceThoughTheReaderIsReplacedAtRandom(long seed) throws Exception {
        torture(seed, false);

        assertEquals(List.of(), missing());
        assertEquals(EVENTS, seen.size(), "some arrived twice");
        assertEquals(seen.stream().sorted().toList(), seen, "in order");
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    @Timeout(240)
    void everyEventArrivesAtLeastOnceThoughTheReaderCrashesAtRandom(long seed) throws Exception {
        torture(seed, true);

        assertEquals(List.of(), missing());
    }

    private List<Integer> missing() {
        var arrived = new HashSet<>(seen);
        return IntStream.range(0, EVENTS)
                .filter(number -> !arrived.contains(number))
                .boxed()
                .toList();
    }

    private void torture(long seed, boolean crashes) throws Exception {
        Files.writeString(log(), "");
        var random = new Random(seed);
        try (var reader = reader()) {
            reader.collect(this::take);
        }
        var failure = new AtomicReference<@Nullable Throwable>();
        var writer = Thread.ofPlatform().name("writer").start(() -> {
            try {
                new Writer(new Random(seed + 1000)).write();
            } catch (IOException | InterruptedException | RuntimeException failed) {
                failure.set(failed);
            }
        });
        var reader = reader();
        // The last event is not waited for without end: it may be the one that is lost.
        var roundsAfterTheWriter = 1000;
        while (writer.isAlive() || (read < EVENTS && roundsAfterTheWriter-- > 0)) {
            assertTrue(writer.isAlive() || failure.get() == null, () -> "writer failed: " + failure.get());
            try {
                reader.collect(crashes && random.nextInt(5) == 0 ? this::takeAndCrash : this::take);
            } catch (NoSuchFileException betweenRenameAndCreation) {
                continue;
            } catch (Crash crash) {
                reader.close();
                reader = reader();
                continue;
            }
            if (random.nextInt(4) == 0) {
                reader.close();
                reader = reader();
            }
        }
        reader.close();
        writer.join();
    }

    private Path log() {
        return directory.resolve("audit.log");
    }

    private KubernetesAuditLog reader() {
        return new KubernetesAuditLog(log(), "node-1", new FilePositions(directory.resolve("positions")));
    }

    private void take(List<AuditRecord> records) {
        for (var record : records) {
            var number = Integer.parseInt(record.objectJson().replaceAll("\\D", ""));
            seen.add(number);
            read = Math.max(read, number + 1);
        }
    }

    /** The process dies behind the buffer's confirmation and before the position is stored. */
    private void takeAndCrash(List<AuditRecord> records) throws Crash {
        take(records);
        throw new Crash();
    }

    private static final class Crash extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Writes as an API server does, only wilder. */
    private final class Writer {
        private final Random random;
        private int rotations;

        Writer(Random random) {
            this.random = random;
        }

        void write() throws IOException, InterruptedException {
            while (written.get() < EVENTS) {
                switch (random.nextInt(40)) {
                    case 0 -> rotateByRename();
                    case 1 -> {
                        awaitReader();
                        Files.write(log(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
                    }
                    case 2 -> copyAndEmpty();
                    case 3 -> Thread.sleep(random.nextInt(5));
                    default -> writeLine();
                }
            }
        }

        private void writeLine() throws IOException {
            var number = written.get();
            var size = random.nextInt(50) == 0 ? 400_000 : random.nextInt(3000);
            var line = ("{\"verb\":\"get\",\"objectRef\":{\"resource\":\"pods\",\"name\":\"" + number
                            + "\"},\"requestObject\":\"" + "x".repeat(size)
                            + "\",\"responseStatus\":{\"code\":200},\"stageTimestamp\":\"2025-01-15T10:30:01."
                            + String.format("%06d", number) + "Z\"}\n")
                    .getBytes(StandardCharsets.UTF_8);
            var cut = random.nextInt(line.length);
            append(line, 0, cut);
            if (random.nextInt(10) == 0) {
                Thread.onSpinWait();
            }
            append(line, cut, line.length - cut);
            written.incrementAndGet();
        }

        private void append(byte[] bytes, int from, int length) throws IOException {
            try (var out = Files.newOutputStream(log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(bytes, from, length);
            }
        }

        /** Several in a row happen: the reader must find all of them. */
        private void rotateByRename() throws IOException, InterruptedException {
            rotations++;
            // Two files written within one tick of the file system's clock could not be told apart in time.
            Thread.sleep(10);
            Files.move(log(), directory.resolve(String.format("audit-2026-02-20T12-%05d.log", rotations)));
            writeLine();
        }

        private void copyAndEmpty() throws IOException, InterruptedException {
            awaitReader();
            Files.copy(log(), directory.resolve("copy-of-audit.log." + rotations++));
            Files.write(log(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        }

        private void awaitReader() throws InterruptedException {
            while (read < written.get()) {
                Thread.sleep(1);
            }
            // Seen is not yet accepted: the reader's round must be over before the file may shrink under it.
            Thread.sleep(30);
        }
    }
}
