package io.nodeplane.plexd.follow;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Positions that a restart forgets. Thread-safe. */
public final class InMemoryPositions implements Positions {
    private final Map<String, FilePosition> positions = new ConcurrentHashMap<>();

    /** No positions yet. */
    public InMemoryPositions() {}

    @Override
    public Optional<FilePosition> load(String name) {
        return Optional.ofNullable(positions.get(name));
    }

    @Override
    public void save(String name, FilePosition position) {
        positions.put(name, position);
    }
}
