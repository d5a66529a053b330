package io.nodeplane.plexd.logs;

import io.nodeplane.plexd.pipeline.Source;
import io.nodeplane.runtime.storage.AtomicFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The node's journal through the program {@code journalctl}: first the last 60 seconds, later what follows the stored cursor
 * (protocol facts 5.4). Oldest first, so that a burst is read in the next collections instead of being skipped.
 */
public final class Journal implements Source<LogRecord> {
    private static final int CHUNK = 500;
    private static final int MAX_PER_COLLECTION = 5000;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final List<Path> searchPath;
    private final Path cursorFile;
    private final JournalEntries entries;
    private @Nullable String cursor;
    private @Nullable String stored;

    /**
     * A reader that goes on at the stored cursor.
     *
     * @param searchPath directories in which the program is looked for at every collection
     * @param cursorFile holds the cursor of the last entry that is safe
     */
    public Journal(List<Path> searchPath, Path cursorFile, String hostname) {
        this.searchPath = List.copyOf(searchPath);
        this.cursorFile = cursorFile;
        this.entries = new JournalEntries(hostname);
    }

    @Override
    public String name() {
        return "journald";
    }

    /**
     * Hands over at most 5000 entries.
     *
     * @throws NoSuchFileException when the program is missing, as in an image without a distribution
     */
    @Override
    public void collect(Intake<LogRecord> intake) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command(program()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        // A journal that hangs must hang neither the collection nor the end of the process: reading a pipe cannot be
        // interrupted.
        var collector = Thread.currentThread();
        var guard = Thread.ofVirtual().name("journal-guard").start(() -> guard(process, collector));
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            read(out, intake);
        } finally {
            process.destroyForcibly();
            guard.interrupt();
        }
    }

    private static void guard(Process process, Thread collector) {
        try {
            var looks = LIMIT.dividedBy(LOOK);
            while (looks-- > 0 && !collector.isInterrupted()) {
                if (process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            process.destroyForcibly();
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    private Path program() throws NoSuchFileException {
        return searchPath.stream()
                .map(directory -> directory.resolve("journalctl"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new NoSuchFileException("journalctl"));
    }

    private List<String> command(Path program) throws IOException {
        var command = new ArrayList<>(List.of(program.toString(), "--output=json", "--no-pager", "--quiet"));
        var after = cursor().map(known -> "--after-cursor=" + known).orElse("--since=60 seconds ago");
        command.add(after);
        return command;
    }

    private Optional<String> cursor() throws IOException {
        if (cursor == null && Files.exists(cursorFile)) {
            var read = Files.readString(cursorFile, StandardCharsets.UTF_8).strip();
            cursor = read.isEmpty() ? null : read;
            stored = cursor;
        }
        return Optional.ofNullable(cursor);
    }

    private void read(BufferedReader out, Intake<LogRecord> intake) throws IOException, InterruptedException {
        var chunk = new ArrayList<LogRecord>();
        @Nullable String reached = null;
        var count = 0;
        for (var line = out.readLine(); line != null && count < MAX_PER_COLLECTION; line = out.readLine()) {
            count++;
            var entry = entries.read(line);
            if (entry.isEmpty()) {
                continue;
            }
            reached = entry.get().cursor();
            entry.get().log().ifPresent(chunk::add);
            if (chunk.size() == CHUNK) {
                handOver(chunk, reached, intake);
            }
        }
        if (reached != null) {
            handOver(chunk, reached, intake);
        }
    }

    private void handOver(List<LogRecord> chunk, String reached, Intake<LogRecord> intake)
            throws IOException, InterruptedException {
        if (!chunk.isEmpty()) {
            intake.accept(List.copyOf(chunk));
            chunk.clear();
        }
        cursor = reached;
        if (!reached.equals(stored) && intake.isKept()) {
            stored = reached;
            AtomicFile.write(cursorFile, (reached + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
