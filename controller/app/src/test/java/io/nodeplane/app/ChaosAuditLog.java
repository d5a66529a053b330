package io.nodeplane.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** An API server's audit log: numbered events, sometimes written in two halves, rotated by rename. One thread writes. */
final class ChaosAuditLog {
    private static final int LINES_PER_FILE = 150;

    private final Path log;
    private final Random random;
    private final Thread writer;
    private volatile boolean stopped;
    private final AtomicInteger written = new AtomicInteger();
    private int rotations;

    private ChaosAuditLog(Path log, Random random) {
        this.log = log;
        this.random = random;
        this.writer = Thread.ofPlatform().name("chaos-audit-log").unstarted(this::write);
    }

    /** Begins to write. */
    static ChaosAuditLog begin(Path log, Random random) {
        var begun = new ChaosAuditLog(log, random);
        begun.writer.start();
        return begun;
    }

    /** Ends after the event that is being written; how many there are, numbered from 0. */
    int end() throws InterruptedException {
        stopped = true;
        writer.join();
        return written.get();
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
                "responseStatus":{"code":201},"stageTimestamp":"2026-02-20T12:00:00.000000Z"}
                """.formatted(number, number);
    }
}
