package io.nodeplane.plexd.nodestate;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.nodesecrets.NodeSecretsObserved;
import io.nodeplane.plexd.nodesecrets.NodeSecretsObserved.Owner;
import io.nodeplane.plexd.nodesecrets.RecordedSecret;
import io.nodeplane.plexd.nodesecrets.SecretLedger;
import io.nodeplane.plexd.nodestate.NodeStateObserved.SecretRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The record of Secrets in this node's PlexdNodeState.
 *
 * <p>What this process wrote wins over what the watch shows, which may be older. Before the first write there is only the
 * watch, and a list that a lagging API server answered could miss entries; so the first write names the version it was
 * made from, and the API server refuses it when that is not the newest. Thread-safe.
 */
final class NodeStateLedger implements SecretLedger {
    private final NodeStateObjects objects;
    private final String objectName;
    private final Supplier<Optional<NodeStateObserved>> seen;
    private Optional<NodeSecretsObserved> own = Optional.empty();

    NodeStateLedger(NodeStateObjects objects, String objectName, Supplier<Optional<NodeStateObserved>> seen) {
        this.objects = objects;
        this.objectName = objectName;
        this.seen = seen;
    }

    @Override
    public synchronized Optional<NodeSecretsObserved> read() {
        return seen.get().map(object -> {
            var owner = new Owner(objectName, object.secrets().uid());
            var shown = new NodeSecretsObserved(owner, object.secrets().entries(), true);
            if (own.isEmpty()) {
                return shown;
            }
            var last = own.get();
            return last.owner().equals(owner)
                    ? new NodeSecretsObserved(
                            owner, last.recorded(), last.recorded().equals(shown.recorded()))
                    : withoutOwner(last, shown);
        });
    }

    @Override
    public synchronized void write(Owner owner, List<RecordedSecret> recorded) throws ClusterFault {
        var version = own.filter(last -> last.owner().equals(owner)).isPresent() ? "" : versionOf(owner);
        var sorted = recorded.stream()
                .sorted(Comparator.comparing(RecordedSecret::key))
                .toList();
        objects.record(objectName, new SecretRecord(owner.uid(), version, sorted));
        own = Optional.of(new NodeSecretsObserved(owner, sorted, true));
    }

    private String versionOf(Owner owner) throws ClusterFault {
        return seen.get()
                .map(NodeStateObserved::secrets)
                .filter(secrets -> secrets.uid().equals(owner.uid()))
                .map(SecretRecord::resourceVersion)
                .orElseThrow(() -> new ClusterFault(
                        ClusterFault.Kind.UNAVAILABLE, "PlexdNodeState " + objectName + " was just replaced", null));
    }

    /**
     * The object was deleted and made anew. Its Secrets go with the old one, now or later or, when it was deleted as an
     * orphan-maker, never: they count as recorded and as not made.
     */
    private static NodeSecretsObserved withoutOwner(NodeSecretsObserved last, NodeSecretsObserved fresh) {
        var entries = new HashMap<String, RecordedSecret>();
        last.recorded()
                .forEach(entry -> entries.put(
                        entry.key(), new RecordedSecret(entry.key(), entry.secretName(), OptionalLong.empty())));
        fresh.recorded().forEach(entry -> entries.put(entry.key(), entry));
        var all = List.copyOf(Map.copyOf(entries).values());
        return new NodeSecretsObserved(
                fresh.owner(), all, all.size() == fresh.recorded().size());
    }
}
