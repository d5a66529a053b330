package io.nodeplane.plexd.pipeline;

import java.util.List;

/**
 * The oldest records of a buffer, not yet removed from it.
 *
 * @param first sequence number of the first record; the others follow without a gap
 * @param records in order, empty when the buffer is
 */
public record Batch<R>(long first, List<R> records) {
    public Batch {
        records = List.copyOf(records);
    }
}
