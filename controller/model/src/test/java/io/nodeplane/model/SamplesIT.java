package io.nodeplane.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.nodeplane.testing.apiserver.ApiServer;
import io.nodeplane.testing.apiserver.SharedApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Puts every sample through a real API server: accepted and kept as written, or refused for the reason the sample
 * names (seed "PlexdNodeState CRD", seed "PlexdHook CRD Reference").
 */
@ExtendWith(SharedApiServer.class)
final class SamplesIT {
    private static final KubernetesSerialization JSON = ModelJson.serialization();

    private static SampleObjects objects;

    @BeforeAll
    static void install(ApiServer server) throws IOException {
        server.installCrds(Path.of("../../crds"));
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName("samples")
                .endMetadata()
                .build();
        server.client().resource(namespace).create();
        objects = new SampleObjects(server.client(), "samples");
    }

    static Stream<Sample> valid() {
        return Sample.all("valid");
    }

    static Stream<Sample> rejected() {
        return Sample.all("rejected");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void keepsAValidSampleAsItIsWritten(Sample sample) {
        for (var document : sample.documents()) {
            var kept = objects.write(document);

            assertEquals(typed(document, "spec"), typed(kept, "spec"));
            assertEquals(typed(document, "status"), typed(kept, "status"));
            assertEquals(document.at("/spec/data"), kept.at("/spec/data"));
        }
    }

    @Test
    void takesAHookForNotPrivilegedUnlessItSaysSo() {
        var minimal = valid().filter(sample -> sample.name().equals("plexdhook-minimal"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                "false",
                objects.write(minimal.documents().getFirst())
                        .at("/spec/privileged")
                        .toString());
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void refusesARejectedSampleForItsReason(Sample sample) {
        assertFalse(sample.field().isEmpty() || sample.message().isEmpty(), "the sample names no field or message");
        var last = sample.documents().size() - 1;
        sample.documents().subList(0, last).forEach(objects::write);

        var refused = assertThrows(
                KubernetesClientException.class,
                () -> objects.write(sample.documents().get(last)));

        assertEquals(422, refused.getCode(), refused::getMessage);
        var causes = refused.getStatus().getDetails().getCauses();
        assertTrue(
                causes.stream()
                        .anyMatch(cause -> cause.getField().equals(sample.field())
                                && cause.getMessage().contains(sample.message())),
                () -> "expected " + sample.field() + ": " + sample.message() + ", got " + causes);
    }

    @Test
    void servesTheShortNamesAndTheStatusSubresources(ApiServer server) {
        var resources = JSON.unmarshal(server.client().raw(SampleObjects.GROUP), JsonNode.class)
                .path("resources");

        assertEquals("[\"pns\"]", shortNames(resources, "plexdnodestates"));
        assertEquals("[\"ph\"]", shortNames(resources, "plexdhooks"));
        assertTrue(resources.findValuesAsText("name").contains("plexdnodestates/status"), resources::toString);
        assertTrue(resources.findValuesAsText("name").contains("plexdhooks/status"), resources::toString);
    }

    private static String shortNames(JsonNode resources, String name) {
        for (var resource : resources) {
            if (resource.path("name").asText().equals(name)) {
                return resource.path("shortNames").toString();
            }
        }
        return "no resource " + name;
    }

    /** A part of the object after a way through its generated type, which must lose nothing. */
    private static JsonNode typed(JsonNode object, String part) {
        CustomResource<?, ?> typed = JSON.unmarshal(object.toString());
        return JSON.convertValue(typed, JsonNode.class).path(part);
    }
}
