package io.nodeplane.model.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Refuses CRDs that the java-generator cannot take or that break a house rule. Knows nothing of what the API server checks
 * by itself (structural schema, cost of CEL rules). Source: DESIGN.md of this module, "Lint".
 */
final class CrdLint {
    private CrdLint() {}

    /** Every fault of a CustomResourceDefinition as {@code <path>: <what is wrong>}, in the order of the file. */
    static List<String> faults(JsonNode crd) {
        var faults = new ArrayList<String>();
        for (var version : crd.at("/spec/versions")) {
            var schema = version.at("/schema/openAPIV3Schema");
            if (schema.isMissingNode()) {
                faults.add(version.path("name").asText() + ": has no schema");
            }
            if (schema.at("/properties/status").isObject()
                    && version.at("/subresources/status").isMissingNode()) {
                faults.add("status: the version has no status subresource");
            }
            visit("", schema, faults);
        }
        return faults;
    }

    private static void visit(String path, JsonNode schema, List<String> faults) {
        for (var rule : SchemaRules.ALL) {
            rule.fault(schema).ifPresent(fault -> faults.add((path.isEmpty() ? "(root)" : path) + ": " + fault));
        }
        for (var property : schema.path("properties").properties()) {
            var child = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            if (child.equals("metadata")) {
                visitObjectMetadata(property.getValue(), faults);
                continue;
            }
            PropertyNames.fault(property.getKey(), property.getValue())
                    .ifPresent(fault -> faults.add(child + ": " + fault));
            visit(child, property.getValue(), faults);
        }
        faults.addAll(PropertyNames.collisions(path, schema));
        visitElements(path, schema, faults);
    }

    /** The API server knows the schema of object metadata; a CRD may restrict the name and say nothing else, not even describe it. */
    private static void visitObjectMetadata(JsonNode schema, List<String> faults) {
        for (var keyword : schema.properties()) {
            if (!keyword.getKey().equals("type") && !keyword.getKey().equals("properties")) {
                faults.add("metadata: must not have " + keyword.getKey());
            }
        }
    }

    private static void visitElements(String path, JsonNode schema, List<String> faults) {
        if (schema.path("items").isObject()) {
            visit(path + "[]", schema.path("items"), faults);
        }
        if (schema.path("additionalProperties").isObject()) {
            visit(path + "{}", schema.path("additionalProperties"), faults);
        }
    }

    /** The faults one per line, for the message of an assertion. */
    static String report(List<String> faults) {
        return faults.stream().map(fault -> "  " + fault).collect(Collectors.joining("\n"));
    }
}
