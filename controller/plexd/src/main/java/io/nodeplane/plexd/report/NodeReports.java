package io.nodeplane.plexd.report;

import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Sleeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * The node's reports as the node API sees them: it reads those of all sources and writes those that it holds itself, each
 * durable before the caller hears of it. Changes go to the outbox some time after the first of them (protocol facts 7.3).
 *
 * <p>An entry of the PlexdNodeState is not changed from here: a put of the same key is kept beside it and counts instead,
 * with the next version; a delete then brings the other one back. Thread-safe.
 */
public final class NodeReports implements Part {
    /** Each entry stands in memory and is one file; a node has tens of workloads. */
    static final int MAX_ENTRIES = 256;

    /** Characters of all payloads together; a tenth of the heap. */
    static final long MAX_CHARACTERS = 4L << 20;

    /** What became of a write. */
    public sealed interface Outcome {
        /** It is on disk. */
        record Stored(ReportEntry entry) implements Outcome {}

        /** It is gone. */
        record Deleted() implements Outcome {}

        /** There is none. */
        record Unknown() implements Outcome {}

        /** The caller saw another version. */
        record Conflict() implements Outcome {}

        /** The entry is the PlexdNodeState's. */
        record HeldElsewhere() implements Outcome {}

        /** There are too many, or they are too large together. */
        record Full() implements Outcome {}
    }

    private final ReportOutbox outbox;
    private final ReportFiles files;
    private final Duration debounce;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Worker worker;
    private final Semaphore changes = new Semaphore(0);
    private final Map<String, ReportEntry> own = new TreeMap<>();

    /**
     * Reads what an earlier process kept.
     *
     * @param dataDir keeps {@code state/report/}
     * @param debounce from the first change to its delivery; changes in between go with it
     * @param onDeath told when the worker dies of a bug
     */
    public NodeReports(
            ReportOutbox outbox,
            Path dataDir,
            Duration debounce,
            InstantSource clock,
            Sleeper sleeper,
            Runnable onDeath) {
        this.outbox = outbox;
        this.files = new ReportFiles(dataDir.resolve("state").resolve("report"));
        this.debounce = debounce;
        this.clock = clock;
        this.sleeper = sleeper;
        this.worker = new Worker(name(), this::run, onDeath);
        files.load().forEach(entry -> own.put(entry.key(), entry));
    }

    /** Not empty, no way out of a directory, no control characters, short enough for a file name (protocol facts 7.2). */
    public static boolean isKey(String key) {
        return !key.isEmpty()
                && !key.equals(".")
                && !key.equals("..")
                && key.chars().noneMatch(each -> each == '/' || each == '\\' || each < ' ' || each == 127)
                && ReportFiles.name(key).length() <= ReportFiles.MAX_NAME;
    }

    @Override
    public String name() {
        return "node-reports";
    }

    @Override
    public void start() {
        worker.start();
        // What was not delivered before the last stop is delivered now, without waiting for a change.
        outbox.offer(ReportSource.NODE_API, ownEntries());
    }

    @Override
    public void close() {
        worker.close();
    }

    /** All reports, sorted by key. */
    public synchronized MergedReports all() {
        return MergedReports.of(Map.of(
                ReportSource.NODE_STATE,
                outbox.offered(ReportSource.NODE_STATE),
                ReportSource.NODE_API,
                List.copyOf(own.values())));
    }

    /**
     * Creates or replaces an entry; its version is one above the one that counted before, 1 for a new key.
     *
     * @param expected version that the caller saw, 0 when it saw none; empty when it does not care
     * @throws IOException when the disk does not take it; then nothing has changed
     */
    public synchronized Outcome put(String key, String contentType, String payloadJson, OptionalLong expected)
            throws IOException {
        var before = version(key);
        if (expected.isPresent() && expected.getAsLong() != before) {
            return new Outcome.Conflict();
        }
        if (!fits(key, payloadJson)) {
            return new Outcome.Full();
        }
        var now = clock.instant();
        var entry = new ReportEntry(key, contentType, payloadJson, before + 1, Optional.of(now));
        files.write(entry);
        own.put(key, entry);
        changes.release();
        return new Outcome.Stored(entry);
    }

    /** Deletes an entry; {@code expected} as for {@link #put}. */
    public synchronized Outcome delete(String key, OptionalLong expected) throws IOException {
        var held = all().find(key);
        if (held.isEmpty()) {
            return new Outcome.Unknown();
        }
        if (expected.isPresent() && expected.getAsLong() != held.get().entry().version()) {
            return new Outcome.Conflict();
        }
        if (!own.containsKey(key)) {
            return new Outcome.HeldElsewhere();
        }
        files.delete(key);
        own.remove(key);
        changes.release();
        return new Outcome.Deleted();
    }

    private long version(String key) {
        return all().find(key).map(held -> held.entry().version()).orElse(0L);
    }

    private boolean fits(String key, String payloadJson) {
        var others =
                own.values().stream().filter(entry -> !entry.key().equals(key)).toList();
        var characters =
                others.stream().mapToLong(entry -> entry.payloadJson().length()).sum();
        return others.size() < MAX_ENTRIES && characters + payloadJson.length() <= MAX_CHARACTERS;
    }

    private synchronized List<ReportEntry> ownEntries() {
        return List.copyOf(own.values());
    }

    private void run() throws InterruptedException {
        while (true) {
            changes.acquire();
            sleeper.sleep(debounce);
            changes.drainPermits();
            outbox.offer(ReportSource.NODE_API, ownEntries());
        }
    }
}
