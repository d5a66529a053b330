package io.nodeplane.plexd.pipeline;

import java.util.EnumMap;
import java.util.Map;

/** Remembers what was dropped. Thread-safe. */
final class RecordedDrops implements Drops {
    private final Map<Reason, Long> dropped = new EnumMap<>(Reason.class);

    @Override
    public synchronized void dropped(Reason reason, long records) {
        dropped.merge(reason, records, Long::sum);
    }

    synchronized Map<Reason, Long> dropped() {
        return Map.copyOf(dropped);
    }
}
