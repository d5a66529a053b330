package io.nodeplane.plexd.nodesecrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.nodesecrets.NodeSecret.Content;
import io.nodeplane.plexd.nodesecrets.NodeSecret.Node;
import io.nodeplane.plexd.nodesecrets.NodeSecretsObserved.Owner;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every {@link NodeSecretObjects} does (seed "KubeClient interface"). */
abstract class NodeSecretObjectsContract {
    static final Node NODE = new Node("n-1", Optional.of("worker-1"));
    static final Node OTHER_NODE = new Node("n-2", Optional.of("worker-1"));

    /** Under test. */
    abstract NodeSecretObjects objects();

    /** The object that owns what is made; the same for each call with the same number. */
    abstract Owner owner(int number);

    /** Names of the Secrets with their owner's uid and version, sorted. */
    abstract List<String> existing();

    /** Makes a Secret that is nobody's we know. */
    abstract void stranger(String name);

    @Test
    void makesChangesAndDeletes() throws ClusterFault {
        var first = owner(1);
        objects().put(secret("a", 1, first));
        objects().put(secret("b", 1, first));
        objects().put(secret("b", 2, first));
        objects().put(secret("b", 2, first));

        assertEquals(List.of(line("a", first, 1), line("b", first, 2)), existing());

        objects().delete(NODE, recorded("a"));
        objects().delete(NODE, recorded("a"));

        assertEquals(List.of(line("b", first, 2)), existing());
    }

    @Test
    void replacesASecretWhoseOwnerIsGone() throws ClusterFault {
        objects().put(secret("a", 1, owner(1)));

        objects().put(secret("a", 1, owner(2)));

        assertEquals(List.of(line("a", owner(2), 1)), existing());
    }

    @Test
    void leavesWhatBelongsToOthers() throws ClusterFault {
        stranger("plexd-secret-n-1-a");

        var refused = assertThrows(ClusterFault.class, () -> objects().put(secret("a", 1, owner(1))));
        objects().delete(NODE, recorded("a"));

        assertEquals(ClusterFault.Kind.REFUSED, refused.kind());
        assertEquals(1, existing().size());
    }

    @Test
    void leavesWhatBelongsToAnotherNode() throws ClusterFault {
        objects().put(secret("a", 1, owner(1)));
        var same = new NodeSecret("plexd-secret-n-1-a", "a", OTHER_NODE, owner(1), 7, plain());

        assertThrows(ClusterFault.class, () -> objects().put(same));
        objects().delete(OTHER_NODE, recorded("a"));

        assertEquals(List.of(line("a", owner(1), 1)), existing());
    }

    static NodeSecret secret(String key, long version, Owner owner) {
        return new NodeSecret("plexd-secret-n-1-" + key, key, NODE, owner, version, plain());
    }

    static String line(String key, Owner owner, long version) {
        return "plexd-secret-n-1-" + key + " " + owner.uid() + " " + version;
    }

    private static Content plain() {
        return new Content.Plain("hunter2".getBytes(UTF_8));
    }

    private static RecordedSecret recorded(String key) {
        return new RecordedSecret(key, "plexd-secret-n-1-" + key, OptionalLong.empty());
    }
}
