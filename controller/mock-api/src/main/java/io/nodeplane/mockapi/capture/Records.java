package io.nodeplane.mockapi.capture;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The records of all endpoints that take batches, and the tallies over them. Thread-safe. */
public final class Records {
    private final Clock clock;
    private final int windowBytes;
    private final Map<String, RecordLog> logs = new ConcurrentHashMap<>();
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    /** No records yet; {@code windowBytes} of them are kept per endpoint. */
    public Records(Clock clock, int windowBytes) {
        this.clock = clock;
        this.windowBytes = windowBytes;
    }

    /** Takes the records of a batch in; {@link IOException} when the bytes are no JSON array of objects. */
    public void add(String endpoint, String nodeId, byte[] batch) throws IOException {
        var log = logs.computeIfAbsent(endpoint, name -> new RecordLog(windowBytes));
        var now = clock.instant();
        for (var record : Batch.elements(batch)) {
            log.add(now, nodeId, record);
            for (var tally : tallies.values()) {
                tally.add(endpoint, record);
            }
        }
    }

    /** What is known of an endpoint's records, with those of the window that contain a text. */
    public RecordReport report(String endpoint, String contains) {
        var log = logs.get(endpoint);
        return log == null ? RecordLog.empty() : log.report(contains);
    }

    /** At most {@code most} records of an endpoint after its first {@code since}: the newest of them. */
    public RecordTail after(String endpoint, long since, int most) {
        var log = logs.get(endpoint);
        return log == null ? new RecordTail(List.of(), 0) : log.after(since, most);
    }

    /** The tallies by name. */
    public Map<String, Tally> tallies() {
        return tallies;
    }
}
