package io.nodeplane.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.nodeplane.testing.apiserver.ApiServer;
import io.nodeplane.testing.apiserver.SharedApiServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What {@code kubectl get pns} and {@code kubectl get ph} print, as the server makes it (seed "PlexdNodeState CRD",
 * seed "PlexdHook CRD Reference").
 */
@ExtendWith(SharedApiServer.class)
final class PrinterColumnsIT {
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final KubernetesSerialization JSON = ModelJson.serialization();

    private final KubernetesClient client;
    private final SampleObjects objects;

    PrinterColumnsIT(ApiServer server) throws Exception {
        server.installCrds(Path.of("../../crds"));
        client = server.client();
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName("columns")
                .endMetadata()
                .build();
        client.resource(namespace).fieldManager("test").serverSideApply();
        objects = new SampleObjects(client, "columns");
    }

    @Test
    void printsANodeStateWithItsNodeAndAddress() throws Exception {
        var table = tableOf("plexdnodestate");

        assertEquals(List.of("Name", "Node ID", "Mesh IP", "Age"), columns(table));
        assertEquals(
                List.of("node-n-abc123", "n-abc123", "100.64.0.7"), cells(table).subList(0, 3));
    }

    @Test
    void printsAHookWithItsPhase() throws Exception {
        var table = tableOf("plexdhook");

        assertEquals(
                List.of("Name", "Hook Name", "Privileged", "Phase", "Age", "Nodes", "Completed", "Job", "Message"),
                columns(table));
        assertEquals(
                List.of("disk-check-node01", "disk-check", "false", "Failed"),
                cells(table).subList(0, 4));
        assertEquals(
                List.of("plexdhook-disk-check-node01", "the container ended with code 1"),
                cells(table).subList(7, 9));
    }

    /** Writes the valid sample of the name and asks for the table of its kind. */
    private JsonNode tableOf(String sample) throws Exception {
        var document = Sample.all("valid")
                .filter(candidate -> candidate.name().equals(sample))
                .findFirst()
                .orElseThrow()
                .documents()
                .getFirst();
        objects.write(document);
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceAll("/$", "") + objects.collection(document))
                .header("Accept", TABLE)
                .build();
        var answer = client.getHttpClient().sendAsync(request, String.class).get(30, TimeUnit.SECONDS);
        assertEquals(200, answer.code(), answer::body);
        return JSON.unmarshal(answer.body(), JsonNode.class);
    }

    private static List<String> columns(JsonNode table) {
        return table.path("columnDefinitions").findValuesAsText("name");
    }

    private static List<String> cells(JsonNode table) {
        var cells = new ArrayList<String>();
        table.at("/rows/0/cells").forEach(cell -> cells.add(cell.asText()));
        return cells;
    }
}
