package io.nodeplane.model.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule bites on a bad schema, and the CRDs of the bundle are clean. Also run alone, by {@code make lint} (seed
 * "Kubernetes DaemonSet Deployment Reference").
 */
final class CrdLintTest {
    private static final Path CRDS = Path.of("../../crds");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private static final String CRD = """
            spec:
              versions:
                - name: v1
                  subresources: %s
                  schema:
                    openAPIV3Schema:
                      type: object
                      description: d
                      properties: %s
            """;

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            {size: {type: integer}}                                        | size: has no description
            {size: {type: integer, description: " "}}                      | size: has no description
            {sizes: {type: object, description: d, additionalProperties: {type: string}}} | sizes{}: has no description
            {size: {description: d}}                                       | size: has no type
            {mode: {type: string, description: d, enum: [a, b], default: a}} | mode: is an enum with a default
            {limits: {type: object, description: d, default: {}}}          | limits: has an object or a list as default
            {names: {type: array, description: d, x-kubernetes-list-type: set, default: [], items: {type: string, description: d}}} | names: has an object or a list as default
            {mode: {type: string, description: d, enum: [ipv4-only, ipv4Only]}} | mode: has enum values that are one Java constant, IPV4ONLY
            {names: {type: array, description: d, items: {type: string, description: d}}} | names: is a list without x-kubernetes-list-type atomic, set or map
            {names: {type: array, description: d, x-kubernetes-list-type: bag, items: {type: string, description: d}}} | names: is a list without x-kubernetes-list-type atomic, set or map
            {peers: {type: array, description: d, x-kubernetes-list-type: map, items: {type: object, description: d}}} | peers: is a list of type map whose keys are missing or not required
            {peers: {type: array, description: d, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [id], items: {type: object, description: d, properties: {id: {type: string, description: d}}}}} | peers: is a list of type map whose keys are missing or not required
            {port: {type: string, description: d, x-kubernetes-int-or-string: true}} | port: must say int-or-string by x-kubernetes-int-or-string alone
            {port: {description: d, x-kubernetes-int-or-string: true, default: 80}} | port: must say int-or-string by x-kubernetes-int-or-string alone
            {port: {type: string, format: int-or-string, description: d}}  | port: must say int-or-string by x-kubernetes-int-or-string alone
            {port: {description: d, x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}} | port: uses anyOf, say it by a CEL rule
            {size: {type: integer, description: d, x-kubernetes-validations: [{rule: self > 0}]}} | size: has a CEL rule without a message
            {Size: {type: integer, description: d}}                        | Size: is not lower camel case
            {mesh-ip: {type: string, description: d}}                      | mesh-ip: is not lower camel case
            {mesh_ip: {type: string, description: d}}                      | mesh_ip: is not lower camel case
            {meshIP: {type: string, description: d}}                       | meshIP: is not lower camel case
            {class: {type: string, description: d}}                        | class: is a reserved word of Java
            {string: {type: object, description: d, properties: {a: {type: string, description: d}}}} | string: would generate a class that hides one of java.lang
            {meshIp: {type: string, description: d}, meship: {type: string, description: d}} | meship: is one Java name with meshIp
            {metadata: {type: object, description: d}}                     | metadata: must not have description
            {spec: {type: object, description: d, properties: {a: {type: string}}}} | spec.a: has no description
            {peers: {type: array, description: d, x-kubernetes-list-type: atomic, items: {type: object, description: d, properties: {a: {type: string}}}}} | peers[].a: has no description
            """)
    void refusesABadSchema(String properties, String fault) {
        assertEquals(List.of(fault), CrdLint.faults(yaml(CRD.formatted("{status: {}}", properties))));
    }

    @Test
    void refusesAStatusWithoutItsSubresource() {
        var crd = CRD.formatted("{}", "{status: {type: object, description: d}}");

        assertEquals(List.of("status: the version has no status subresource"), CrdLint.faults(yaml(crd)));
    }

    @Test
    void refusesAVersionWithoutASchema() {
        var faults = CrdLint.faults(yaml("spec: {versions: [{name: v1}]}"));

        assertTrue(faults.contains("v1: has no schema"), faults::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {metadata: {type: object}}
            {payload: {description: d, x-kubernetes-preserve-unknown-fields: true}}
            {port: {description: d, x-kubernetes-int-or-string: true}}
            {privileged: {type: boolean, description: d, default: false}}
            {mode: {type: string, description: d, enum: [Pending, Running]}}
            """)
    void acceptsAGoodSchema(String properties) {
        assertEquals(List.of(), CrdLint.faults(yaml(CRD.formatted("{status: {}}", properties))));
    }

    @ParameterizedTest
    @MethodSource("crds")
    void findsNothingInTheCrdsOfTheBundle(Path file) throws IOException {
        var crd = yaml(Files.readString(file));

        var faults = CrdLint.faults(crd);

        assertEquals("CustomResourceDefinition", crd.path("kind").asText());
        assertEquals(file.getFileName().toString(), crd.at("/spec/names/plural").asText() + ".yaml");
        assertTrue(faults.isEmpty(), () -> file + ":\n" + CrdLint.report(faults));
    }

    @Test
    void reachesEveryCrdThroughTheKustomization() throws IOException {
        var listed = StreamSupport.stream(
                        yaml(Files.readString(CRDS.resolve("kustomization.yaml")))
                                .path("resources")
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());

        assertEquals(crds().map(file -> file.getFileName().toString()).collect(Collectors.toSet()), listed);
        assertTrue(listed.containsAll(Set.of("plexdnodestates.yaml", "plexdhooks.yaml")), listed::toString);
    }

    private static Stream<Path> crds() throws IOException {
        try (var files = Files.list(CRDS)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static JsonNode yaml(String text) {
        return YAML.unmarshal(text, JsonNode.class);
    }
}
