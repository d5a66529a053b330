package io.nodeplane.plexd.pipeline;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool, and bounded memory for as long as the disk refuses: a read-only or full data directory must not stop a
 * pipeline. Told once per episode; every append tries the disk again. Thread-safe.
 */
public final class FallbackBuffer<R> implements RecordBuffer<R> {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackBuffer.class);

    /**
     * Opens the durable buffer; tried again while it fails.
     *
     * @param <R> the record
     */
    @FunctionalInterface
    public interface Opener<R> {
        /** A buffer that finds what an earlier process left. */
        RecordBuffer<R> open() throws IOException;
    }

    private final String pipeline;
    private final Opener<R> opener;
    private final InMemoryBuffer<R> memory;
    private @Nullable RecordBuffer<R> disk;
    private boolean failing;
    /** How many records on disk are older than those in memory: they go first. */
    private long olderOnDisk;

    private boolean memoryInFlight;

    /**
     * A buffer that opens its disk at once, so that what an earlier process left is delivered.
     *
     * @param pipeline name for the log
     * @param memory takes the records while the disk does not
     */
    public FallbackBuffer(String pipeline, Opener<R> opener, InMemoryBuffer<R> memory) {
        this.pipeline = pipeline;
        this.opener = opener;
        this.memory = memory;
        try {
            disk = opener.open();
        } catch (IOException refused) {
            tellFailing(refused);
        }
    }

    @Override
    public synchronized void append(List<R> records) {
        try {
            opened().append(records);
            if (failing) {
                failing = false;
                LOG.atInfo().addKeyValue("pipeline", pipeline).log("spool takes records again");
            }
        } catch (IOException refused) {
            tellFailing(refused);
            if (memory.size() == 0) {
                olderOnDisk = diskSize();
            }
            memory.append(records);
        }
    }

    private RecordBuffer<R> opened() throws IOException {
        var current = disk;
        if (current == null) {
            current = opener.open();
            disk = current;
        }
        return current;
    }

    private void tellFailing(IOException cause) {
        if (!failing) {
            failing = true;
            LOG.atWarn()
                    .addKeyValue("pipeline", pipeline)
                    .setCause(cause)
                    .log("spool cannot be written, records wait in bounded memory and a restart loses them");
        }
    }

    private long diskSize() {
        return disk == null ? 0 : disk.size();
    }

    @Override
    public synchronized Batch<R> peek(int maxRecords, long maxBytes) throws IOException {
        memoryInFlight = memory.size() > 0 && (olderOnDisk <= 0 || diskSize() == 0);
        if (memoryInFlight || disk == null) {
            return memory.peek(maxRecords, maxBytes);
        }
        var most = memory.size() > 0 ? Math.min(maxRecords, olderOnDisk) : maxRecords;
        try {
            return disk.peek((int) most, maxBytes);
        } catch (IOException unreadable) {
            if (memory.size() == 0) {
                throw unreadable;
            }
            memoryInFlight = true;
            return memory.peek(maxRecords, maxBytes);
        }
    }

    @Override
    public synchronized void acknowledge(long next) throws IOException {
        if (memoryInFlight || disk == null) {
            memory.acknowledge(next);
            return;
        }
        var before = disk.size();
        try {
            disk.acknowledge(next);
        } finally {
            olderOnDisk -= before - disk.size();
        }
    }

    @Override
    public synchronized long size() {
        return memory.size() + diskSize();
    }

    @Override
    public synchronized void close() {
        if (disk != null) {
            disk.close();
        }
    }
}
