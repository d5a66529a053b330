package io.nodeplane.mockapi.capture;

import java.util.List;

/**
 * The end of an endpoint's records.
 *
 * @param records the newest ones, oldest first
 * @param total records received since the start: the next tail begins after it
 */
public record RecordTail(List<Received> records, long total) {
    /** Copies the list. */
    public RecordTail {
        records = List.copyOf(records);
    }
}
