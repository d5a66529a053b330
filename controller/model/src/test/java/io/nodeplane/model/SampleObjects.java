package io.nodeplane.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/** Objects of our kinds in one namespace, written as plain JSON: samples must reach the server as they are. */
final class SampleObjects {
    static final String GROUP = "/apis/plexd.plexsphere.com/v1alpha1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final String namespace;

    SampleObjects(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Creates or updates an object, then its status if the document has one.
     *
     * @return the object as the server keeps it
     * @throws KubernetesClientException if the server refuses it
     */
    JsonNode write(JsonNode document) {
        var current = find(document);
        if (current.isEmpty()) {
            send(collection(document), "POST", document);
        } else if (document.has("spec")) {
            update(path(document), current.get(), "spec", document);
        }
        if (document.has("status")) {
            update(path(document) + "/status", find(document).orElseThrow(), "status", document);
        }
        return find(document).orElseThrow();
    }

    /** Path of all objects of the document's kind in the namespace. */
    String collection(JsonNode document) {
        var kind = document.path("kind").asText().toLowerCase(Locale.ROOT);
        return GROUP + "/namespaces/" + namespace + "/" + kind + "s";
    }

    private String path(JsonNode document) {
        return collection(document) + "/" + document.at("/metadata/name").asText();
    }

    private void update(String path, JsonNode current, String part, JsonNode document) {
        ObjectNode updated = current.deepCopy();
        updated.set(part, document.path(part));
        send(path, "PUT", updated);
    }

    private Optional<JsonNode> find(JsonNode document) {
        var text = client.raw(path(document));
        return Optional.ofNullable(text).map(SampleObjects::read);
    }

    private void send(String path, String method, JsonNode object) {
        var withNamespace = (ObjectNode) object.deepCopy();
        withNamespace.withObject("/metadata").set("namespace", JsonNodeFactory.instance.textNode(namespace));
        client.raw(path, method, withNamespace);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException("the server answered with something else than JSON", broken);
        }
    }
}
