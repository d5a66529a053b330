package io.nodeplane.plexd.pipeline;

import java.io.IOException;
import java.util.List;

/**
 * Keeps records, in order, between collection and delivery. Bounded: what does not fit pushes out the oldest, which is told
 * to a {@link Drops}. One thread appends, one other peeks and acknowledges.
 *
 * @param <R> the record
 */
public interface RecordBuffer<R> extends AutoCloseable {
    /**
     * Adds records behind all others.
     *
     * @throws IOException when none of them could be stored
     */
    void append(List<R> records) throws IOException;

    /**
     * The oldest records, at most {@code maxRecords} of about {@code maxBytes} together, but at least one if there is any.
     *
     * @throws IOException when they cannot be read; nothing is lost by that
     */
    Batch<R> peek(int maxRecords, long maxBytes) throws IOException;

    /**
     * Removes all records before a sequence number. Removing what is gone already is no error.
     *
     * @param next the first sequence number that stays
     * @throws IOException when that could not be made durable: after a restart the records are delivered again
     */
    void acknowledge(long next) throws IOException;

    /** Whether a restart finds all that was appended and not acknowledged, as far as this kind of buffer ever promises that. */
    default boolean isKept() {
        return true;
    }

    /** How many records wait. */
    long size();

    /** Frees what is open; the records of a durable buffer stay. */
    @Override
    void close();
}
