package io.nodeplane.plexd.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** A buffer that a restart empties: for metrics, for local endpoints, and where the disk fails. Thread-safe. */
public final class InMemoryBuffer<R> implements RecordBuffer<R> {
    private final int maxRecords;
    private final long maxBytes;
    private final ToIntFunction<R> weight;
    private final Drops drops;
    private final ArrayDeque<R> records = new ArrayDeque<>();
    private long first;
    private long bytes;

    /**
     * An empty buffer.
     *
     * @param maxRecords most records kept, 1 or more
     * @param maxBytes most weight kept; one record may exceed it alone
     * @param weight of one record in bytes of heap, roughly
     */
    public InMemoryBuffer(int maxRecords, long maxBytes, ToIntFunction<R> weight, Drops drops) {
        if (maxRecords < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("buffer needs 1 record and 1 byte or more");
        }
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
        this.weight = weight;
        this.drops = drops;
    }

    @Override
    public synchronized void append(List<R> added) {
        var dropped = 0;
        for (var each : added) {
            var more = weight.applyAsInt(each);
            while (records.size() == maxRecords || (!records.isEmpty() && bytes + more > maxBytes)) {
                removeFirst();
                dropped++;
            }
            records.addLast(each);
            bytes += more;
        }
        if (dropped > 0) {
            drops.dropped(Drops.Reason.FULL, dropped);
        }
    }

    @Override
    public synchronized Batch<R> peek(int most, long mostBytes) {
        var batch = new ArrayList<R>(Math.min(most, records.size()));
        var total = 0L;
        for (var each : records) {
            total += weight.applyAsInt(each);
            if (batch.size() == most || (!batch.isEmpty() && total > mostBytes)) {
                break;
            }
            batch.add(each);
        }
        return new Batch<>(first, batch);
    }

    @Override
    public synchronized void acknowledge(long next) {
        while (first < next && !records.isEmpty()) {
            removeFirst();
        }
    }

    private void removeFirst() {
        bytes -= weight.applyAsInt(records.removeFirst());
        first++;
    }

    @Override
    public synchronized long size() {
        return records.size();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
