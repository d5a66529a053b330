package io.nodeplane.plexd.nodestate;

import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The part of a PlexdNodeState's spec that comes with the control plane's state.
 *
 * <p>{@code secretRefs} is not in it: it says which Secrets were made, not which are wanted, and {@link NodeStateLedger}
 * writes it.
 *
 * @param data sorted by key, payloads in one spelling, so that equal content is equal
 */
record NodeStateContent(Map<String, String> metadata, List<DataEntry> data) {
    static final NodeStateContent EMPTY = new NodeStateContent(Map.of(), List.of());

    NodeStateContent {
        metadata = Map.copyOf(metadata);
        data = data.stream()
                .map(NodeStateContent::inOneSpelling)
                .sorted(Comparator.comparing(DataEntry::key))
                .toList();
    }

    static NodeStateContent from(NodeState state) {
        return new NodeStateContent(state.metadata(), state.data());
    }

    private static DataEntry inOneSpelling(DataEntry entry) {
        return new DataEntry(
                entry.key(),
                entry.contentType(),
                JsonText.canonical(entry.payloadJson()),
                entry.version(),
                entry.updatedAt());
    }
}
