package io.nodeplane.app.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.mockapi.MockApi;
import io.nodeplane.model.ModelJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The control plane's state changes all the time; in the end the node's PlexdNodeState says the same, there is one Secret for each
 * reference, and none besides.
 */
final class NodeStateMirror implements Trial {
    private static final int KEYS = 6;
    private static final JsonMapper JSON = new JsonMapper();

    private final MockApi api;
    private final KubernetesClient admin;
    private final String namespace;
    private int changes;

    NodeStateMirror(MockApi api, KubernetesClient admin, String namespace) {
        this.api = api;
        this.admin = admin;
        this.namespace = namespace;
    }

    @Override
    public void act(Random random) throws IOException {
        var state = (ObjectNode) JSON.readTree(api.state());
        changes++;
        if (random.nextBoolean()) {
            var data = without(state.withArray("data"), "d" + random.nextInt(KEYS));
            if (random.nextInt(3) > 0) {
                data.add(entry("d" + random.nextInt(KEYS), data));
            }
            state.set("data", data);
        } else {
            var refs = without(state.withArray("secret_refs"), "s" + random.nextInt(KEYS));
            var key = "s" + random.nextInt(KEYS);
            if (random.nextInt(3) > 0) {
                refs = without(refs, key);
                refs.add(JSON.createObjectNode().put("key", key).put("version", changes));
            }
            state.set("secret_refs", refs);
        }
        api.state(state.toString());
    }

    private ObjectNode entry(String key, ArrayNode others) {
        var name = others.findValuesAsText("key").contains(key) ? key + "-" + changes : key;
        return JSON.createObjectNode()
                .put("key", name)
                .put("content_type", "application/json")
                .put("version", changes)
                .put("updated_at", "2026-01-01T00:00:00Z")
                .set("payload", JSON.createObjectNode().put("n", changes));
    }

    private static ArrayNode without(ArrayNode list, String key) {
        var rest = JSON.createArrayNode();
        for (var each : list) {
            if (!each.path("key").asText().equals(key)) {
                rest.add(each);
            }
        }
        return rest;
    }

    @Override
    public List<String> open() throws IOException {
        var state = JSON.readTree(api.state());
        var spec = spec();
        var open = new ArrayList<String>();
        compare("data of the PlexdNodeState", versions(state.path("data")), versions(spec.path("data")), open);
        compare("payloads", payloads(state.path("data")), payloads(spec.path("data")), open);
        compare(
                "metadata",
                state.path("metadata").toString(),
                spec.path("metadata").toString(),
                open);
        compare("secretRefs", versions(state.path("secret_refs")), versions(spec.path("secretRefs")), open);
        compare("Secrets", keys(state.path("secret_refs")), secrets(), open);
        return open;
    }

    private static void compare(String what, Object wanted, Object there, List<String> open) {
        if (!wanted.equals(there)) {
            open.add(what + ": the control plane wants " + wanted + ", the cluster has " + there);
        }
    }

    private static Set<String> versions(JsonNode list) {
        var versions = new TreeSet<String>();
        list.forEach(each -> versions.add(
                each.path("key").asText() + "@" + each.path("version").asText()));
        return versions;
    }

    private static Set<String> keys(JsonNode list) {
        return new TreeSet<>(list.findValuesAsText("key"));
    }

    private static Map<String, JsonNode> payloads(JsonNode list) {
        var payloads = new TreeMap<String, JsonNode>();
        list.forEach(each -> payloads.put(each.path("key").asText(), each.path("payload")));
        return payloads;
    }

    private Set<String> secrets() {
        return admin.secrets().inNamespace(namespace).list().getItems().stream()
                .map(secret -> secret.getMetadata().getAnnotations().get("plexd.plexsphere.com/secret-key"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private JsonNode spec() throws IOException {
        var states = admin.resources(PlexdNodeState.class)
                .inNamespace(namespace)
                .list()
                .getItems();
        return states.size() == 1
                ? JSON.readTree(ModelJson.serialization().asJson(states.getFirst()))
                        .path("spec")
                : JSON.createObjectNode().put("objects", states.size());
    }

    @Override
    public List<String> violations() {
        var states = admin.resources(PlexdNodeState.class)
                .inNamespace(namespace)
                .list()
                .getItems();
        return states.size() > 1 ? List.of("the node has " + states.size() + " PlexdNodeStates") : List.of();
    }

    @Override
    public String told() {
        return changes + " changes of the state";
    }
}
