package io.nodeplane.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Set;

/**
 * How many objects of the agents there are. Asking is work for the API server too, for Secrets and results a list each time, so a phase
 * asks only for what it waits for, and only while it does.
 */
final class ObjectCounts implements Readings {
    static final String STATES = "states";
    static final String SECRETS = "secrets";
    static final String JOBS = "jobs";
    /** Nodes whose end the only hook tells. */
    static final String HOOKED = "hooked";

    /** None of them is a counter. */
    static final Set<String> LEVELS = Set.of(STATES, SECRETS, JOBS, HOOKED);

    private static final String OURS = "/apis/plexd.plexsphere.com/v1alpha1/namespaces/" + Settings.NAMESPACE;

    private final KubernetesClient client;
    private final ObjectMapper mapper = new ObjectMapper();
    private final Asked asked;

    private ObjectCounts(KubernetesClient client, Asked asked) {
        this.client = client;
        this.asked = asked;
    }

    /** What agents make when they start. */
    static ObjectCounts ofStart(KubernetesClient client) {
        return new ObjectCounts(
                client, counts -> Map.of(STATES, counts.count(OURS + "/plexdnodestates"), SECRETS, counts.secrets()));
    }

    /** What comes of a hook. */
    static ObjectCounts ofHook(KubernetesClient client) {
        return new ObjectCounts(
                client,
                counts -> Map.of(
                        JOBS,
                        counts.count("/apis/batch/v1/namespaces/" + Settings.NAMESPACE + "/jobs"),
                        HOOKED,
                        counts.hooked()));
    }

    @Override
    public Map<String, Double> read() {
        try {
            return asked.read(this);
        } catch (KubernetesClientException | JsonProcessingException away) {
            return Map.of();
        }
    }

    /** The first object, and what the server says remains (Kubernetes API concepts, "Retrieving large results sets in chunks"). */
    private double count(String path) throws JsonProcessingException {
        var list = json(path + "?limit=1");
        return list.path("items").size()
                + list.path("metadata").path("remainingItemCount").asDouble(0);
    }

    /** With a selector the server does not say what remains. */
    private double secrets() throws JsonProcessingException {
        var path = "/api/v1/namespaces/" + Settings.NAMESPACE + "/secrets";
        return json(path + "?labelSelector=app.kubernetes.io/managed-by%3Dplexd")
                .path("items")
                .size();
    }

    private double hooked() throws JsonProcessingException {
        var done = 0;
        for (var node : json(OURS + "/plexdhooks").at("/items/0/status/nodes")) {
            var phase = node.path("phase").asText();
            done += phase.equals("Succeeded") || phase.equals("Failed") ? 1 : 0;
        }
        return done;
    }

    private JsonNode json(String path) throws JsonProcessingException {
        return mapper.readTree(client.raw(path));
    }

    /** What is to be read. */
    @FunctionalInterface
    private interface Asked {
        Map<String, Double> read(ObjectCounts counts) throws JsonProcessingException;
    }
}
