package io.nodeplane.plexd.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool, and bounded memory for as long as the disk refuses: a read-only or full data directory must not stop a
 * pipeline. Told once per episode; every append tries the disk again. What is on disk is older than what is in memory, always: memory
 * goes to the disk before anything newer does, or a kill would leave the newer records and lose or reorder the others. Thread-safe.
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
    /** Where the last batch came from, and its acknowledgement goes. */
    private Place peeked = Place.NOWHERE;

    private enum Place {
        DISK,
        MEMORY,
        /** The batch went from memory to the disk meanwhile: it is delivered once more. */
        NOWHERE
    }

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
            opened().append(behindMemory(records));
            forgetMemory();
            if (failing) {
                failing = false;
                LOG.atInfo().addKeyValue("pipeline", pipeline).log("spool takes records again");
            }
        } catch (IOException refused) {
            tellFailing(refused);
            memory.append(records);
        }
    }

    private List<R> behindMemory(List<R> records) {
        if (memory.size() == 0) {
            return records;
        }
        var all = new ArrayList<>(memory.peek(Integer.MAX_VALUE, Long.MAX_VALUE).records());
        all.addAll(records);
        return all;
    }

    private void forgetMemory() {
        if (memory.size() > 0) {
            var all = memory.peek(Integer.MAX_VALUE, Long.MAX_VALUE);
            memory.acknowledge(all.first() + all.records().size());
            peeked = peeked == Place.MEMORY ? Place.NOWHERE : peeked;
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
        var current = disk;
        if (current != null && (current.size() > 0 || memory.size() == 0)) {
            try {
                peeked = Place.DISK;
                return current.peek(maxRecords, maxBytes);
            } catch (IOException unreadable) {
                if (memory.size() == 0) {
                    throw unreadable;
                }
            }
        }
        peeked = Place.MEMORY;
        return memory.peek(maxRecords, maxBytes);
    }

    @Override
    public synchronized void acknowledge(long next) throws IOException {
        switch (peeked) {
            case DISK -> {
                if (disk != null) {
                    disk.acknowledge(next);
                }
            }
            case MEMORY -> memory.acknowledge(next);
            case NOWHERE -> {
                // Its sequence numbers mean nothing any more.
            }
        }
    }

    /** False while something waits in memory. */
    @Override
    public synchronized boolean isKept() {
        return memory.size() == 0;
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
