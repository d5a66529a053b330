package io.nodeplane.plexd.nodestate;

import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of a PlexdNodeState's spec that comes with the control plane's state.
 *
 * <p>{@code secretRefs} is not in it: it says which Secrets were made, not which are wanted, and {@link NodeStateLedger}
 * writes it.
 *
 * @param data sorted by key, each key once, payloads in one spelling, so that equal content is equal
 */
record NodeStateContent(Map<String, String> metadata, List<DataEntry> data) {
    static final NodeStateContent EMPTY = new NodeStateContent(Map.of(), List.of());

    NodeStateContent {
        metadata = Map.copyOf(metadata);
        // Of two with one key the last counts, as in the comparison of states: the API server refuses both for ever.
        var byKey = new TreeMap<String, DataEntry>();
        data.forEach(entry -> byKey.put(entry.key(), inOneSpelling(entry)));
        data = List.copyOf(byKey.values());
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
