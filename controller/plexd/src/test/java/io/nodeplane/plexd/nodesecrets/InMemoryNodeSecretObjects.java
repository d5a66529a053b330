package io.nodeplane.plexd.nodesecrets;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.nodesecrets.NodeSecret.Node;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Secrets in memory; those of strangers are empty. */
final class InMemoryNodeSecretObjects implements NodeSecretObjects {
    final Map<String, Optional<NodeSecret>> secrets = new TreeMap<>();

    @Override
    public void put(NodeSecret secret) throws ClusterFault {
        var existing = secrets.get(secret.name());
        if (existing != null && !isOurs(existing, secret.node(), secret.key())) {
            throw new ClusterFault(ClusterFault.Kind.REFUSED, secret.name() + " belongs to somebody else", null);
        }
        secrets.put(secret.name(), Optional.of(secret));
    }

    @Override
    public void delete(Node node, RecordedSecret recorded) {
        var existing = secrets.get(recorded.secretName());
        if (existing != null && isOurs(existing, node, recorded.key())) {
            secrets.remove(recorded.secretName());
        }
    }

    private static boolean isOurs(Optional<NodeSecret> existing, Node node, String key) {
        return existing.filter(secret ->
                        secret.node().id().equals(node.id()) && secret.key().equals(key))
                .isPresent();
    }
}
