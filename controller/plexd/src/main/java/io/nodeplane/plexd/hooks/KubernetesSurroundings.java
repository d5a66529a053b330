package io.nodeplane.plexd.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.cluster.ObjectName;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Nodes and events of the API server. */
final class KubernetesSurroundings implements HookSurroundings {
    /** Names and labels only: whole nodes are ten times the size, and a thousand of them do not fit the agent's heap. */
    private static final String NAMES_ONLY = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
    /** Nodes of one answer. */
    private static final int PAGE = 250;

    private static final long LIMIT_SECONDS = 30;
    private static final int CONFLICT = 409;
    /** Characters (Kubernetes API, Event.message). */
    private static final int MAX_MESSAGE = 1_024;

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;

    KubernetesSurroundings(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
    }

    @Override
    public List<String> nodes(Map<String, String> labels, int limit) throws ClusterFault {
        var selector = new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
        var names = new ArrayList<String>();
        var next = "";
        do {
            var page = page("/api/v1/nodes?limit=" + PAGE + "&labelSelector=" + encoded(selector)
                    + (next.isEmpty() ? "" : "&continue=" + encoded(next)));
            page.path("items")
                    .forEach(node -> names.add(node.at("/metadata/name").asText()));
            next = page.at("/metadata/continue").asText();
        } while (!next.isEmpty() && names.size() <= limit);
        return names.stream().sorted().limit(limit + 1L).toList();
    }

    @Override
    public void record(Event event) throws ClusterFault {
        try {
            client.raw("/api/v1/namespaces/" + namespace + "/events", "POST", object(event));
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != CONFLICT) {
                throw ClusterFault.of(
                        "record",
                        "Event " + event.reason() + " of " + event.hook().name(),
                        refused);
            }
        }
    }

    private Map<String, Object> object(Event event) {
        var hook = event.hook();
        // The name makes a second event of the same meaning impossible, also after a restart.
        var name = ObjectName.fitted(
                hook.name() + "." + hook.uid() + "." + event.node() + "." + event.reason(), ObjectName.MAX_NAME);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var object = new TreeMap<String, Object>();
        object.put("apiVersion", "v1");
        object.put("kind", "Event");
        object.put("metadata", Map.of("name", name, "namespace", namespace));
        object.put(
                "involvedObject",
                Map.of(
                        "apiVersion",
                        "plexd.plexsphere.com/v1alpha1",
                        "kind",
                        "PlexdHook",
                        "namespace",
                        namespace,
                        "name",
                        hook.name(),
                        "uid",
                        hook.uid(),
                        "resourceVersion",
                        hook.resourceVersion()));
        object.put("type", event.normal() ? "Normal" : "Warning");
        object.put("reason", event.reason());
        object.put("message", bounded(event.message()));
        object.put("source", Map.of("component", "plexd", "host", event.node()));
        object.put("firstTimestamp", now);
        object.put("lastTimestamp", now);
        object.put("count", 1);
        return object;
    }

    private static String bounded(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
    }

    private JsonNode page(String path) throws ClusterFault {
        try {
            var request = client.getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(URI.create(client.getMasterUrl().toString().replaceAll("/$", "") + path))
                    .header("Accept", NAMES_ONLY)
                    .build();
            var answer = client.getHttpClient().sendAsync(request, String.class).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (answer.code() != 200) {
                throw ClusterFault.of(
                        "list", "Nodes", new KubernetesClientException(answer.message(), answer.code(), null));
            }
            return client.getKubernetesSerialization().unmarshal(answer.body(), JsonNode.class);
        } catch (ExecutionException | TimeoutException away) {
            throw ClusterFault.of("list", "Nodes", away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ClusterFault.of("list", "Nodes", stopped);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
