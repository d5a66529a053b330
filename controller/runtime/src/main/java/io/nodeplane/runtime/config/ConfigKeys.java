package io.nodeplane.runtime.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All keys of a process: finds what a file has too much, and renders the table of the README. */
public final class ConfigKeys {
    /** Sentences about unknown keys; a file of the wrong kind would have thousands. */
    private static final int MAX_SENTENCES = 20;

    /** Characters of a key that a sentence shows. */
    private static final int MAX_SHOWN = 100;

    private final List<ConfigKey<?>> keys;
    private final Map<String, ConfigKey<?>> byPath = new TreeMap<>();
    private final Set<String> sections = new HashSet<>();

    /** Paths are unique. */
    public ConfigKeys(List<ConfigKey<?>> keys) {
        this.keys = List.copyOf(keys);
        for (var key : keys) {
            if (byPath.put(key.path(), key) != null) {
                throw new IllegalArgumentException("configuration key " + key.path() + " is declared twice");
            }
            for (var dot = key.path().indexOf('.'); dot > 0; dot = key.path().indexOf('.', dot + 1)) {
                sections.add(key.path().substring(0, dot));
            }
        }
    }

    /** In the order of declaration. */
    public List<ConfigKey<?>> all() {
        return keys;
    }

    /** One sentence per key of the file that nobody knows; such keys are ignored (protocol facts 1.1). */
    public List<String> unknown(String name, ConfigNode.Mapping file) {
        var unknown = new LinkedHashMap<String, ConfigNode>();
        walk(file, "", (path, node) -> {
            if (!byPath.containsKey(path) && !sections.contains(path)) {
                unknown.put(path, node);
            }
        });
        var sentences = new ArrayList<String>();
        unknown.entrySet().stream().limit(MAX_SENTENCES).forEach(each -> {
            var like = nearest(each.getKey())
                    .map(known -> "; did you mean " + known + "?")
                    .orElse("");
            sentences.add(name + ":" + each.getValue().line() + ": unknown key " + shortened(each.getKey())
                    + " is ignored" + like);
        });
        if (unknown.size() > MAX_SENTENCES) {
            sentences.add(name + ": " + (unknown.size() - MAX_SENTENCES) + " more unknown keys are ignored");
        }
        return sentences;
    }

    /** A fault for each section of the file that is no section. */
    public List<ConfigFault> misplaced(String name, ConfigNode.Mapping file) {
        var faults = new ArrayList<ConfigFault>();
        walk(file, "", (path, node) -> {
            var isNull = node instanceof ConfigNode.Scalar scalar && scalar.kind() == ConfigNode.Kind.NULL;
            if (sections.contains(path) && !(node instanceof ConfigNode.Mapping) && !isNull) {
                faults.add(new ConfigFault(name + ":" + node.line(), path, node.described(), "a section with keys"));
            }
        });
        return faults;
    }

    /** The README's table; keys without effect share one line at the end. */
    public String markdown() {
        var table = new StringBuilder(
                "| Key | Type | Default | Meaning | Rule | Variable, flag |\n|---|---|---|---|---|---|\n");
        keys.stream().filter(ConfigKey::used).forEach(key -> table.append(row(key)));
        table.append("\nAccepted and checked, without effect so far: ");
        var rest = keys.stream()
                .filter(key -> !key.used())
                .map(key -> "`" + key.path() + "`")
                .toList();
        return table.append(String.join(", ", rest)).append(".\n").toString();
    }

    private static String row(ConfigKey<?> key) {
        var fallback = key.fallbackText().isEmpty() ? "" : "`" + key.fallbackText() + "`";
        var shown = key.fallback() == null ? key.fallbackText() : fallback;
        var names = new ArrayList<String>();
        if (!key.variable().isEmpty()) {
            names.add("`" + key.variable() + "`");
        }
        if (!key.flag().isEmpty()) {
            names.add("`" + key.flag() + "`");
        }
        return String.join(
                        " | ",
                        "| `" + key.path() + "`",
                        key.type().name(),
                        shown,
                        key.description(),
                        key.rule(),
                        String.join(", ", names))
                + " |\n";
    }

    private static String shortened(String path) {
        return path.length() <= MAX_SHOWN ? path : path.substring(0, MAX_SHOWN) + "…";
    }

    private interface Visitor {
        void visit(String path, ConfigNode node);
    }

    /** Visits every member; goes deeper only below sections, so that free labels are left alone. */
    private void walk(ConfigNode.Mapping mapping, String prefix, Visitor visitor) {
        mapping.members().forEach((name, node) -> {
            var path = prefix + name;
            visitor.visit(path, node);
            if (sections.contains(path) && node instanceof ConfigNode.Mapping inner) {
                walk(inner, path + ".", visitor);
            }
        });
    }

    private Optional<String> nearest(String path) {
        return byPath.keySet().stream()
                .filter(known -> Math.abs(known.length() - path.length()) <= 2 && distance(known, path) <= 2)
                .min((a, b) -> Integer.compare(distance(a, path), distance(b, path)));
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        var previous = new ArrayList<>(Collections.nCopies(b.length() + 1, 0));
        for (var j = 0; j <= b.length(); j++) {
            previous.set(j, j);
        }
        for (var i = 1; i <= a.length(); i++) {
            var current = new ArrayList<>(previous);
            current.set(0, i);
            for (var j = 1; j <= b.length(); j++) {
                var replaced = previous.get(j - 1) + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current.set(j, Math.min(replaced, 1 + Math.min(previous.get(j), current.get(j - 1))));
            }
            previous = current;
        }
        return previous.getLast();
    }
}
