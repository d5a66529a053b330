package io.nodeplane.model.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The rules for a schema node. Each says in its comment what goes wrong without it. */
final class SchemaRules {
    private static final Set<String> LIST_TYPES = Set.of("atomic", "set", "map");
    private static final List<String> UNIONS = List.of("anyOf", "oneOf", "allOf", "not");

    static final List<SchemaRule> ALL = List.of(
            SchemaRules::description,
            SchemaRules::type,
            SchemaRules::defaults,
            SchemaRules::enumNames,
            SchemaRules::listType,
            SchemaRules::listMapKeys,
            SchemaRules::intOrString,
            SchemaRules::unions,
            SchemaRules::celMessage);

    private SchemaRules() {}

    /** `kubectl explain` and the generated javadoc are all that most users read. */
    private static Optional<String> description(JsonNode schema) {
        return faultIf(schema.path("description").asText().isBlank(), "has no description");
    }

    /** Without a type the generator takes AnyType: meant only where any JSON is. */
    private static Optional<String> type(JsonNode schema) {
        var anything = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                || schema.path("x-kubernetes-int-or-string").asBoolean();
        return faultIf(!schema.has("type") && !anything, "has no type");
    }

    /** The generator parses these defaults with a global mapper at each `new`, and they leak into server-side apply. */
    private static Optional<String> defaults(JsonNode schema) {
        if (!schema.has("default")) {
            return Optional.empty();
        }
        if (schema.has("enum")) {
            return Optional.of("is an enum with a default");
        }
        var container = schema.path("default").isContainerNode();
        return faultIf(container, "has an object or a list as default");
    }

    /** The generator drops what no identifier holds: `a-b` and `a_b` would be one constant. */
    private static Optional<String> enumNames(JsonNode schema) {
        var seen = new HashSet<String>();
        for (var value : schema.path("enum")) {
            var identifier = value.asText().replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
            if (!seen.add(identifier)) {
                return Optional.of("has enum values that are one Java constant, " + identifier);
            }
        }
        return Optional.empty();
    }

    /** Without a list type server-side apply takes the list as atomic, and two writers overwrite each other unnoticed. */
    private static Optional<String> listType(JsonNode schema) {
        if (!"array".equals(schema.path("type").asText())) {
            return Optional.empty();
        }
        var listType = schema.path("x-kubernetes-list-type").asText();
        return faultIf(!LIST_TYPES.contains(listType), "is a list without x-kubernetes-list-type atomic, set or map");
    }

    /** An element without its key could not be told from another. */
    private static Optional<String> listMapKeys(JsonNode schema) {
        if (!"map".equals(schema.path("x-kubernetes-list-type").asText())) {
            return Optional.empty();
        }
        var keys = texts(schema.path("x-kubernetes-list-map-keys"));
        var required = texts(schema.at("/items/required"));
        var sound = !keys.isEmpty() && required.containsAll(keys);
        return faultIf(!sound, "is a list of type map whose keys are missing or not required");
    }

    /** With a type beside it one half of the values is refused; the format alone does nothing. */
    private static Optional<String> intOrString(JsonNode schema) {
        var marked = schema.path("x-kubernetes-int-or-string").asBoolean();
        var mixed = marked && (schema.has("type") || schema.has("default"));
        var formatted = "int-or-string".equals(schema.path("format").asText());
        return faultIf(mixed || formatted, "must say int-or-string by x-kubernetes-int-or-string alone");
    }

    /** The generator drops them without a word; a CEL rule says the same and can carry a message. */
    private static Optional<String> unions(JsonNode schema) {
        return UNIONS.stream()
                .filter(schema::has)
                .map(union -> "uses " + union + ", say it by a CEL rule")
                .findFirst();
    }

    /** Without a message the user is shown the CEL expression. */
    private static Optional<String> celMessage(JsonNode schema) {
        var silent = StreamSupport.stream(
                        schema.path("x-kubernetes-validations").spliterator(), false)
                .anyMatch(rule -> !rule.has("message") && !rule.has("messageExpression"));
        return faultIf(silent, "has a CEL rule without a message");
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Optional<String> faultIf(boolean faulty, String fault) {
        return faulty ? Optional.of(fault) : Optional.empty();
    }
}
