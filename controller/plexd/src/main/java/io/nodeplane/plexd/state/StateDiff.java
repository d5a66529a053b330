package io.nodeplane.plexd.state;

import io.nodeplane.plexd.state.DriftReports.Correction;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.state.NodeState.Execution;
import io.nodeplane.plexd.state.NodeState.Peer;
import io.nodeplane.plexd.state.NodeState.Policy;
import io.nodeplane.plexd.state.NodeState.SecretRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What must change to get from one state to another (protocol facts 4.2 and 4.3).
 *
 * <p>Beyond upstream: a policy counts as changed by its content, signing keys also by their expiry, data and secrets by
 * content and version, and the bridge blocks are compared at all.
 *
 * @param changes corrections by changed category, in the order of the drift table; a category without words in that table
 *     has an empty list
 */
public record StateDiff(Map<StateCategory, List<Correction>> changes) {
    public StateDiff {
        var ordered = new EnumMap<StateCategory, List<Correction>>(StateCategory.class);
        ordered.putAll(changes);
        changes = Collections.unmodifiableMap(ordered);
    }

    /** Compares part by part; order inside the lists does not matter. */
    public static StateDiff between(NodeState applied, NodeState desired) {
        var changes = new EnumMap<StateCategory, List<Correction>>(StateCategory.class);
        put(changes, StateCategory.PEERS, peers(applied, desired));
        put(changes, StateCategory.POLICIES, policies(applied, desired));
        if (!applied.signingKeys().equals(desired.signingKeys())) {
            changes.put(StateCategory.SIGNING_KEYS, one("signing_keys_updated", "signing keys rotated"));
        }
        if (!applied.metadata().equals(desired.metadata())) {
            changes.put(StateCategory.METADATA, one("metadata_updated", "metadata updated"));
        }
        if (!dataOf(applied).equals(dataOf(desired))) {
            changes.put(StateCategory.DATA, one("data_updated", "data updated"));
        }
        if (!byKey(applied.secretRefs(), SecretRef::key).equals(byKey(desired.secretRefs(), SecretRef::key))) {
            changes.put(StateCategory.SECRET_REFS, one("secret_refs_updated", "secret refs updated"));
        }
        if (!byKey(applied.executions(), Execution::id).equals(byKey(desired.executions(), Execution::id))) {
            changes.put(StateCategory.EXECUTIONS, List.of());
        }
        if (!applied.bridge().equals(desired.bridge())) {
            changes.put(StateCategory.BRIDGE, List.of());
        }
        return new StateDiff(changes);
    }

    /** The changed parts. */
    public Set<StateCategory> categories() {
        return changes.keySet();
    }

    /** Nothing to do. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The corrections of some parts, in the order of the drift table. */
    public List<Correction> corrections(Set<StateCategory> of) {
        return changes.entrySet().stream()
                .filter(each -> of.contains(each.getKey()))
                .flatMap(each -> each.getValue().stream())
                .toList();
    }

    private static List<Correction> peers(NodeState applied, NodeState desired) {
        var before = byKey(applied.peers(), Peer::id);
        var after = byKey(desired.peers(), Peer::id);
        var corrections = new ArrayList<Correction>();
        after.keySet().stream()
                .filter(id -> !before.containsKey(id))
                .forEach(id -> corrections.add(new Correction("peer_added", "peer " + id)));
        before.keySet().stream()
                .filter(id -> !after.containsKey(id))
                .forEach(id -> corrections.add(new Correction("peer_removed", "peer " + id)));
        after.forEach((id, peer) -> {
            if (before.containsKey(id) && !peer.equals(before.get(id))) {
                corrections.add(new Correction("peer_updated", "peer " + id));
            }
        });
        return corrections;
    }

    /** The table has no word for a policy whose rules changed, so it is removed and added anew, which is what happens. */
    private static List<Correction> policies(NodeState applied, NodeState desired) {
        var before = byKey(applied.policies(), Policy::id);
        var after = byKey(desired.policies(), Policy::id);
        var corrections = new ArrayList<Correction>();
        after.forEach((id, policy) -> {
            if (!policy.equals(before.get(id))) {
                corrections.add(new Correction("policy_added", "policy " + id));
            }
        });
        before.forEach((id, policy) -> {
            if (!policy.equals(after.get(id))) {
                corrections.add(new Correction("policy_removed", "policy " + id));
            }
        });
        return corrections;
    }

    /** The time of an update is no content: a server that stamps each answer anew must not cause drift for ever. */
    private static Map<String, List<Object>> dataOf(NodeState state) {
        var content = new TreeMap<String, List<Object>>();
        for (DataEntry each : state.data()) {
            content.put(each.key(), List.of(each.version(), each.contentType(), each.payloadJson()));
        }
        return content;
    }

    /** By key, so that order does not count; of two with one key the last wins. */
    private static <T> Map<String, T> byKey(List<T> items, Function<T, String> key) {
        var byKey = new TreeMap<String, T>();
        items.forEach(item -> byKey.put(key.apply(item), item));
        return byKey;
    }

    private static List<Correction> one(String type, String detail) {
        return List.of(new Correction(type, detail));
    }

    private static void put(
            Map<StateCategory, List<Correction>> changes, StateCategory category, List<Correction> corrections) {
        if (!corrections.isEmpty()) {
            changes.put(category, corrections);
        }
    }
}
