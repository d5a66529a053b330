package io.nodeplane.plexd.hooks;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Nodes and events in memory. */
final class InMemorySurroundings implements HookSurroundings {
    private final Map<String, Map<String, String>> nodes = new TreeMap<>();
    private final Set<String> events = new LinkedHashSet<>();

    void addNode(String name, Map<String, String> labels) {
        nodes.put(name, labels);
    }

    /** {@code hook reason} of every event. */
    List<String> events() {
        return new ArrayList<>(events);
    }

    @Override
    public List<String> nodes(Map<String, String> labels, int limit) {
        return nodes.entrySet().stream()
                .filter(node -> node.getValue().entrySet().containsAll(labels.entrySet()))
                .map(Map.Entry::getKey)
                .limit(limit + 1L)
                .toList();
    }

    @Override
    public void record(Event event) {
        events.add(event.hook().name() + " " + event.reason());
    }
}
