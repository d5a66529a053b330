package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestFluent;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nodeplane.model.ModelJson;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** Whoever takes the token of one node's agent has that node's objects in hand, and no other's. */
@ExtendWith(OnCluster.class)
class StolenTokenE2E {
    private static final String NODE_NAME = "plexd.plexsphere.com/node-name";

    @Test
    void writesNothingOfAnotherNode(Cluster cluster) throws Exception {
        var mine = cluster.workerNode();
        var theirs = cluster.nodeNames().stream()
                .filter(node -> !node.equals(mine))
                .toList()
                .getLast();
        var victim = Eventually.valueWithin(Duration.ofSeconds(60), () -> {
            var state = cluster.nodeState(theirs);
            assertTrue(state.getSpec().getSecretRefs() != null, "no Secrets yet of " + theirs);
            return state;
        });
        try (var thief = with(cluster, boundTo(cluster, cluster.agentOn(mine)))) {
            refused(() -> meshIp(thief, victim, "192.0.2.66"));
            refused(() -> thief.resource(victim).delete());
            refused(() -> thief.resource(secret(theirs)).create());
            refused(() -> thief.resource(job(theirs)).create());
            for (var ref : victim.getSpec().getSecretRefs()) {
                var taken = cluster.client()
                        .secrets()
                        .inNamespace(Cluster.NAMESPACE)
                        .withName(ref.getSecretName())
                        .require();
                refused(() -> thief.resource(taken).update());
                refused(() -> thief.resource(taken).delete());
            }
        }
        assertEquals(
                victim.getSpec().getMeshIp(),
                cluster.nodeState(theirs).getSpec().getMeshIp());
    }

    @Test
    void theSameTokenWritesItsOwn(Cluster cluster) throws Exception {
        var mine = cluster.workerNode();
        var own = cluster.nodeState(mine);
        try (var agent = with(cluster, boundTo(cluster, cluster.agentOn(mine)))) {
            assertDoesNotThrow(() -> meshIp(agent, own, own.getSpec().getMeshIp()));
            assertDoesNotThrow(() -> agent.resource(secret(mine)).create());
            assertDoesNotThrow(() -> agent.resource(secret(mine)).delete());
        }
    }

    @Test
    void aTokenThatIsBoundToNoPodWritesNothing(Cluster cluster) throws Exception {
        var own = cluster.nodeState(cluster.workerNode());
        try (var loose = with(cluster, token(cluster, new TokenRequestBuilder().withNewSpec()))) {
            refused(() -> meshIp(loose, own, own.getSpec().getMeshIp()));
        }
    }

    private static void refused(Executable write) {
        var refusal = assertThrows(KubernetesClientException.class, write);
        assertEquals(403, refusal.getCode(), refusal::getMessage);
        assertTrue(String.valueOf(refusal.getMessage()).contains("plexd-own-node"), refusal::getMessage);
    }

    private static void meshIp(KubernetesClient client, PlexdNodeState state, String address) {
        client.resource(state)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"meshIp\":\"" + address + "\"}}");
    }

    private static Secret secret(String node) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("stolen-token-e2e")
                .withNamespace(Cluster.NAMESPACE)
                .addToLabels("app.kubernetes.io/managed-by", "plexd")
                .addToLabels(NODE_NAME, node)
                .addToAnnotations(NODE_NAME, node)
                .endMetadata()
                .build();
    }

    private static Job job(String node) {
        return new JobBuilder()
                .withNewMetadata()
                .withName("stolen-token-e2e")
                .withNamespace(Cluster.NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .withNodeName(node)
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("none")
                .withImage("none")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** What lies in the agent's pod, had from the API server in the kubelet's way. */
    private static String boundTo(Cluster cluster, Pod pod) {
        return token(
                cluster,
                new TokenRequestBuilder()
                        .withNewSpec()
                        .withNewBoundObjectRef()
                        .withApiVersion("v1")
                        .withKind("Pod")
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .endBoundObjectRef());
    }

    private static String token(
            Cluster cluster, TokenRequestFluent<TokenRequestBuilder>.SpecNested<TokenRequestBuilder> spec) {
        var request = spec.withExpirationSeconds(600L).endSpec().build();
        return cluster.client()
                .serviceAccounts()
                .inNamespace(Cluster.NAMESPACE)
                .withName("plexd")
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }

    private static KubernetesClient with(Cluster cluster, String token) {
        var known = cluster.client().getConfiguration();
        var config = new ConfigBuilder(Config.empty())
                .withMasterUrl(known.getMasterUrl())
                .withCaCertData(known.getCaCertData())
                .withCaCertFile(known.getCaCertFile())
                .withOauthToken(token)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(ModelJson.serialization())
                .build();
    }
}
