package io.nodeplane.runtime.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One value of a configuration file, with the line it stands on (1 is the first). */
public sealed interface ConfigNode {
    /** Line in the file. */
    int line();

    /** What a scalar is by its YAML spelling. */
    enum Kind {
        TEXT("text "),
        NUMBER("number "),
        BOOLEAN("boolean "),
        NULL("nothing");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /**
     * A single value.
     *
     * @param text as written, without quotes
     */
    record Scalar(Kind kind, String text, int line) implements ConfigNode {}

    /** Keys with values, in file order. */
    record Mapping(Map<String, ConfigNode> members, int line) implements ConfigNode {
        public Mapping {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** A list. */
    record Sequence(List<ConfigNode> items, int line) implements ConfigNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Characters of a value that a message shows. */
    int MAX_SHOWN = 100;

    private static String shown(Scalar scalar) {
        var text = scalar.text();
        var start = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN);
        var quoted = scalar.kind() == Kind.TEXT ? "\"" + start + "\"" : start;
        return text.length() <= MAX_SHOWN
                ? quoted
                : quoted + " and " + (text.length() - MAX_SHOWN) + " more characters";
    }

    /** How a message names this value. */
    default String described() {
        return switch (this) {
            case Scalar scalar -> scalar.kind().word + shown(scalar);
            case Mapping _ -> "a section";
            case Sequence _ -> "a list";
        };
    }

    /** Like {@link #described()} without the content, for secrets. */
    default String describedMasked() {
        return this instanceof Scalar scalar
                ? "a masked value of " + scalar.text().length() + " characters"
                : described();
    }
}
