package io.nodeplane.mockapi.capture;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The records of one endpoint: exact totals, a window of texts, duplicates. Thread-safe. */
final class RecordLog {
    /** What a record weighs besides its text. */
    private static final int OVERHEAD = 64;

    private final ByteWindow<Received> window;
    private final RecentHashes hashes = new RecentHashes();
    private long total;
    private long bytes;
    private long repeated;

    RecordLog(int windowBytes) {
        this.window = new ByteWindow<>(windowBytes, one -> one.text().length() + OVERHEAD);
    }

    synchronized void add(Instant time, String nodeId, byte[] record) {
        total++;
        bytes += record.length;
        if (hashes.isRepeated(record)) {
            repeated++;
        }
        window.add(new Received(time, nodeId, new String(record, StandardCharsets.UTF_8)));
    }

    synchronized RecordReport report(String contains) {
        var matching = window.values().stream()
                .filter(one -> one.text().contains(contains))
                .toList();
        return new RecordReport(total, bytes, repeated, window.lost(), matching);
    }

    /** At most {@code most} records after the first {@code since}: the newest of them, oldest first. */
    synchronized RecordTail after(long since, int most) {
        long newer = Math.clamp(total - since, 0, most);
        return new RecordTail(window.newest((int) newer).reversed(), total);
    }

    /** Nothing received yet. */
    static RecordReport empty() {
        return new RecordReport(0, 0, 0, 0, List.of());
    }
}
