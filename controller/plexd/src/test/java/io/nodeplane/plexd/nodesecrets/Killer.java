package io.nodeplane.plexd.nodesecrets;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.nodesecrets.NodeSecret.Node;
import io.nodeplane.plexd.nodesecrets.NodeSecretsObserved.Owner;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ends a process at a chosen point: before or after the n-th change of the cluster, as a signal 9 would. */
final class Killer {
    private int left;

    /** Dies at the given point; every change has two, one before and one after it. */
    Killer(int point) {
        left = point;
    }

    /** Neither a fault nor a bug: nothing catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Runs one cycle; whether it died on the way. */
    boolean dies(NodeSecretsSync sync, Map<String, Long> wanted) throws InterruptedException {
        sync.offer(SealedSecrets.state(wanted));
        try {
            sync.cycle();
            return false;
        } catch (Killed here) {
            return true;
        }
    }

    NodeSecretObjects around(NodeSecretObjects objects) {
        return new NodeSecretObjects() {
            @Override
            public void put(NodeSecret secret) throws ClusterFault {
                point();
                objects.put(secret);
                point();
            }

            @Override
            public void delete(Node node, RecordedSecret recorded) throws ClusterFault {
                point();
                objects.delete(node, recorded);
                point();
            }
        };
    }

    SecretLedger around(SecretLedger ledger) {
        return new SecretLedger() {
            @Override
            public Optional<NodeSecretsObserved> read() {
                return ledger.read();
            }

            @Override
            public void write(Owner owner, List<RecordedSecret> recorded) throws ClusterFault {
                point();
                ledger.write(owner, recorded);
                point();
            }
        };
    }

    private void point() {
        if (--left == 0) {
            throw new Killed();
        }
    }
}
