package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent killed with SIGKILL while it writes its identity comes back as one whole node. */
@ExtendWith(OnCluster.class)
class KilledWhileRegisteringE2E {
    private static final List<String> FILES =
            List.of("identity.json", "node_secret_key", "private_key", "signing_public_key");

    /** Kills when the first, second, … file of the identity appears: with the first there is half an identity. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void comesBackWhole(int files, Cluster cluster) throws Exception {
        var node = cluster.workerNode();
        var before = cluster.nodeState(node).getSpec().getNodeId();

        killWhenFilesAppear(cluster, node, files);

        Eventually.within(Duration.ofSeconds(90), () -> assertWhole(node));
        cluster.awaitReady(node);
        assertEquals(before, cluster.nodeState(node).getSpec().getNodeId());
        assertEquals(1, nodesNamed(cluster, node), "one node per host at the control plane");
    }

    /**
     * Takes the identity away, ends the agent, lets the next one register anew and kills it at the wanted moment.
     *
     * <p>The pod is made anew first, because the kubelet delays the restarts of a container that has already died.
     */
    private static void killWhenFilesAppear(Cluster cluster, String node, int files) throws Exception {
        var pod = cluster.agentOn(node).getMetadata().getName();
        Shell.run("kubectl", "-n", Cluster.NAMESPACE, "delete", "pod", pod, "--wait=true");
        cluster.awaitReady(node);
        Cluster.onNode(node, killAtFile(files));
    }

    /** The brackets keep pkill from finding the shell that runs this. */
    private static String killAtFile(int count) {
        return """
            cd /var/lib/plexd && rm -rf ./* && pkill -KILL -f '[u]p --config /etc/plexd/'
            i=0
            while [ $i -lt 60000 ]; do
              set -- $(ls private_key node_secret_key signing_public_key identity.json 2>/dev/null)
              [ $# -lt %d ] || { pkill -KILL -f '[u]p --config /etc/plexd/'; exit 0; }
              i=$((i+1))
            done
            echo "no identity file appeared"; exit 9
            """.formatted(count);
    }

    private static void assertWhole(String node) throws Exception {
        var found = Cluster.onNode(node, "ls -A /var/lib/plexd").lines().toList();
        assertTrue(found.containsAll(FILES), "identity files: " + found);
        assertTrue(found.stream().noneMatch(name -> name.startsWith(".tmp-")), "half-written files: " + found);
        var identity = new ObjectMapper().readTree(Cluster.onNode(node, "cat /var/lib/plexd/identity.json"));
        assertTrue(identity.hasNonNull("node_id") && identity.hasNonNull("mesh_ip"), identity.toString());
        assertEquals(
                "600",
                Cluster.onNode(node, "stat -c %a /var/lib/plexd/node_secret_key")
                        .strip());
    }

    private static long nodesNamed(Cluster cluster, String host) throws Exception {
        return StreamSupport.stream(cluster.mock().nodes().spliterator(), false)
                .filter(seen -> seen.path("hostname").asText().equals(host))
                .count();
    }
}
