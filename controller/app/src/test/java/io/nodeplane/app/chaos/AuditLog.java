package io.nodeplane.app.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** An API server's audit log: events numbered by their time, sometimes written in two halves, rotated by rename. One thread writes. */
final class AuditLog {
    /** Time of event 0; each later one is a millisecond later, which every contract carries. */
    private static final Instant FIRST = Instant.parse("2026-02-20T12:00:00Z");

    private static final int LINES_PER_FILE = 150;

    private final Path log;
    private final Random random;
    private final Thread writer;
    private volatile boolean stopped;
    private final AtomicInteger written = new AtomicInteger();
    private int rotations;

    private AuditLog(Path log, Random random) {
        this.log = log;
        this.random = random;
        this.writer = Thread.ofPlatform().name("chaos-audit-log").unstarted(this::write);
    }

    /** Begins to write. */
    static AuditLog begin(Path log, Random random) {
        var begun = new AuditLog(log, random);
        begun.writer.start();
        return begun;
    }

    /** The number of the event of that time; far away from all when it is none of ours. */
    static long number(Instant time) {
        return Duration.between(FIRST, time).toMillis();
    }

    /** How many events there are, numbered from 0. */
    int written() {
        return written.get();
    }

    /** Ends after the event that is being written. */
    void end() throws InterruptedException {
        stopped = true;
        writer.join();
    }

    private void write() {
        try {
            while (!stopped) {
                var line = event(written.get());
                var half = random.nextInt(line.length());
                append(line.substring(0, half));
                append(line.substring(half));
                if (written.incrementAndGet() % LINES_PER_FILE == 0) {
                    rotate();
                }
                Thread.sleep(5 + random.nextInt(20));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the API server does it: rename, then create. */
    private void rotate() throws IOException {
        Files.move(log, log.resolveSibling("audit-%04d.log".formatted(rotations++)));
        append("");
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String event(int number) {
        return """
                {"kind":"Event","apiVersion":"audit.k8s.io/v1","stage":"ResponseComplete","auditID":"chaos-%d","verb":"create",\
                "user":{"username":"chaos"},"objectRef":{"resource":"pods","namespace":"default","name":"chaos-%d"},\
                "responseStatus":{"code":201},"stageTimestamp":"%s"}
                """.formatted(number, number, FIRST.plusMillis(number));
    }
}
