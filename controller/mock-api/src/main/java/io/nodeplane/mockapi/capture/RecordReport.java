package io.nodeplane.mockapi.capture;

import java.util.List;

/**
 * What is known of an endpoint's records.
 *
 * @param total records received since the start
 * @param bytes their bytes, without the commas between them
 * @param repeated records that were byte for byte the same as one of at least 250,000 before it
 * @param lost records that are counted but no longer kept
 * @param matching the kept records that contain the wanted text, oldest first
 */
public record RecordReport(long total, long bytes, long repeated, long lost, List<Received> matching) {
    /** Copies the list. */
    public RecordReport {
        matching = List.copyOf(matching);
    }
}
