package io.nodeplane.model.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Rules for the names of properties, which become fields, getters and, for objects, classes. */
final class PropertyNames {
    private static final Pattern LOWER_CAMEL = Pattern.compile("[a-z][a-z0-9]*([A-Z][a-z0-9]+)*");

    /** Simple names that generated code uses: a class of such a name in its package would hide them. */
    private static final Set<String> USED_CLASSES =
            Set.of("boolean", "double", "float", "integer", "long", "object", "string");

    private PropertyNames() {}

    /** What is wrong with the name by itself. */
    static Optional<String> fault(String name, JsonNode schema) {
        if (!LOWER_CAMEL.matcher(name).matches()) {
            return Optional.of("is not lower camel case");
        }
        if (SourceVersion.isKeyword(name)) {
            return Optional.of("is a reserved word of Java");
        }
        if (USED_CLASSES.contains(name) && isGeneratedClass(schema)) {
            return Optional.of("would generate a class that hides one of java.lang");
        }
        return Optional.empty();
    }

    /** Neighbours whose names differ in case or in other characters than letters and digits only. */
    static List<String> collisions(String path, JsonNode schema) {
        var faults = new ArrayList<String>();
        var first = new HashMap<String, String>();
        for (var property : schema.path("properties").properties()) {
            var name = property.getKey();
            var other = first.putIfAbsent(name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT), name);
            if (other != null) {
                faults.add((path.isEmpty() ? name : path + "." + name) + ": is one Java name with " + other);
            }
        }
        return faults;
    }

    private static boolean isGeneratedClass(JsonNode schema) {
        var element = schema.has("items") ? schema.path("items") : schema;
        return element.has("properties") || element.has("enum");
    }
}
