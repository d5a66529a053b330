package io.nodeplane.runtime.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads keys from the layers flag, variable, file, default: the first that has the key wins (protocol facts 1.1).
 *
 * <p>Faults are collected, not thrown, so that all are told together by {@link #throwIfFaulty}. Used by one thread.
 */
public final class ConfigReader {
    /**
     * What there is to read.
     *
     * @param name of the file, for messages
     * @param file its content; an empty mapping when there is no file
     * @param variables the environment
     * @param flags by flag name with its dashes
     */
    public record Input(
            String name, ConfigNode.Mapping file, Map<String, String> variables, Map<String, String> flags) {
        public Input {
            variables = Map.copyOf(variables);
            flags = Map.copyOf(flags);
        }
    }

    private final Input input;
    private final List<ConfigFault> faults = new ArrayList<>();
    private final Map<String, String> effective = new LinkedHashMap<>();
    private final Map<String, String> origins = new HashMap<>();

    public ConfigReader(Input input) {
        this.input = input;
    }

    /** The value of a key with a default; the default too when the given value is faulty. */
    public <T> T get(ConfigKey<T> key) {
        var fallback = Objects.requireNonNull(key.fallback(), key.path());
        var value = find(key).orElse(fallback);
        effective.put(key.path(), printed(key, value));
        return value;
    }

    /** The value of a key if somebody set it well. */
    public <T> Optional<T> find(ConfigKey<T> key) {
        var found = fromFlag(key).or(() -> fromVariable(key)).orElseGet(() -> fromFile(key));
        found.ifPresent(value -> effective.put(key.path(), printed(key, value)));
        return found;
    }

    /** The value of a required key; a stand-in and a fault when nobody set it. */
    public <T> T require(ConfigKey<T> key, T standIn) {
        var found = find(key);
        if (found.isEmpty() && !isFaulty(key)) {
            faults.add(new ConfigFault(input.name(), key.path(), "nothing", key.expected() + sources(key)));
        }
        return found.orElse(standIn);
    }

    /** Tells a wrong value of a key that nobody reads. */
    public void check(ConfigKey<?> key) {
        if (fromFlag(key).isEmpty() && fromVariable(key).isEmpty()) {
            fromFile(key);
        }
    }

    /** Tells a rule between keys that is broken; the place is where the key was set. */
    public void fault(ConfigKey<?> key, String found, String expected) {
        faults.add(new ConfigFault(origins.getOrDefault(key.path(), input.name()), key.path(), found, expected));
    }

    /** Whether a fault was told for the key. */
    public boolean isFaulty(ConfigKey<?> key) {
        return faults.stream().anyMatch(fault -> fault.key().equals(key.path()));
    }

    /** Every key that was read, with its printed value; secrets masked. */
    public Map<String, String> effective() {
        return Collections.unmodifiableMap(effective);
    }

    /** Ends the reading. */
    public void throwIfFaulty() throws ConfigException {
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
    }

    private <T> Optional<Optional<T>> fromFlag(ConfigKey<T> key) {
        var text = input.flags().get(key.flag());
        return text == null || key.flag().isEmpty() ? Optional.empty() : read(key, "flag " + key.flag(), text);
    }

    private <T> Optional<Optional<T>> fromVariable(ConfigKey<T> key) {
        var text = input.variables().get(key.variable());
        return text == null || text.isEmpty() || key.variable().isEmpty()
                ? Optional.empty()
                : read(key, "variable " + key.variable(), text);
    }

    private <T> Optional<Optional<T>> read(ConfigKey<T> key, String where, String text) {
        var value = key.read(text);
        origins.put(key.path(), where);
        if (value.isEmpty()) {
            var found = key.secret() ? "a masked value of " + text.length() + " characters" : "\"" + text + "\"";
            faults.add(new ConfigFault(where, key.path(), found, key.expected()));
        }
        return Optional.of(value);
    }

    private <T> Optional<T> fromFile(ConfigKey<T> key) {
        var node = nodeAt(key.path());
        if (node.isEmpty()) {
            return Optional.empty();
        }
        var where = input.name() + ":" + node.get().line();
        origins.put(key.path(), where);
        var value = key.read(node.get());
        if (value.isEmpty()) {
            var found = key.secret() ? node.get().describedMasked() : node.get().described();
            faults.add(new ConfigFault(where, key.path(), found, key.expected()));
        }
        return value;
    }

    /** The node, unless a part of the path is missing, null, or (told by {@link ConfigKeys}) no section. */
    private Optional<ConfigNode> nodeAt(String path) {
        ConfigNode at = input.file();
        for (var part : path.split("\\.", -1)) {
            var member =
                    at instanceof ConfigNode.Mapping mapping ? mapping.members().get(part) : null;
            if (member == null) {
                return Optional.empty();
            }
            at = member;
        }
        var isNull = at instanceof ConfigNode.Scalar scalar && scalar.kind() == ConfigNode.Kind.NULL;
        return isNull ? Optional.empty() : Optional.of(at);
    }

    private static <T> String printed(ConfigKey<T> key, T value) {
        return key.secret() ? "[masked]" : key.type().print().apply(value);
    }

    private static String sources(ConfigKey<?> key) {
        var sources = new StringBuilder(" (set it in the file");
        if (!key.variable().isEmpty()) {
            sources.append(", as variable ").append(key.variable());
        }
        if (!key.flag().isEmpty()) {
            sources.append(" or as flag ").append(key.flag());
        }
        return sources.append(')').toString();
    }

    /** Adds faults that were found outside, for example by {@link ConfigKeys#misplaced}. */
    public void addAll(List<ConfigFault> more) {
        faults.addAll(more);
    }
}
