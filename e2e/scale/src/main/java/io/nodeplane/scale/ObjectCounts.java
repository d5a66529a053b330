package io.nodeplane.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;

/** How many objects of the agents there are, asked without fetching them. */
final class ObjectCounts implements Readings {
    static final String STATES = "states";
    static final String SECRETS = "secrets";
    static final String JOBS = "jobs";
    /** Nodes that the only hook counts as done. */
    static final String HOOKED = "hooked";

    private static final String STATE_PATH = "/apis/plexd.plexsphere.com/v1alpha1/namespaces/" + Settings.NAMESPACE;

    private final KubernetesClient client;
    private final ObjectMapper mapper = new ObjectMapper();

    ObjectCounts(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Map<String, Double> read() {
        try {
            return Map.of(
                    STATES, count(STATE_PATH + "/plexdnodestates"),
                    SECRETS,
                            count(
                                    "/api/v1/namespaces/" + Settings.NAMESPACE + "/secrets",
                                    "app.kubernetes.io/managed-by%3Dplexd"),
                    JOBS, count("/apis/batch/v1/namespaces/" + Settings.NAMESPACE + "/jobs"),
                    HOOKED, hooked());
        } catch (KubernetesClientException | JsonProcessingException away) {
            return Map.of();
        }
    }

    /** The first object, and what the server says remains (Kubernetes API concepts, "Retrieving large results sets in chunks"). */
    private double count(String path) throws JsonProcessingException {
        var list = mapper.readTree(client.raw(path + "?limit=1"));
        return list.path("items").size()
                + list.path("metadata").path("remainingItemCount").asDouble(0);
    }

    /** With a selector the server does not say what remains. */
    private double count(String path, String selector) throws JsonProcessingException {
        return mapper.readTree(client.raw(path + "?labelSelector=" + selector))
                .path("items")
                .size();
    }

    private double hooked() throws JsonProcessingException {
        var hooks = mapper.readTree(client.raw(STATE_PATH + "/plexdhooks")).path("items");
        var done = 0;
        for (var node : hooks.path(0).path("status").path("nodes")) {
            var phase = node.path("phase").asText();
            done += phase.equals("Succeeded") || phase.equals("Failed") ? 1 : 0;
        }
        return done;
    }
}
