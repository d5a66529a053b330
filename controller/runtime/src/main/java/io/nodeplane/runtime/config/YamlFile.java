package io.nodeplane.runtime.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a configuration file into nodes that know their lines; no data binding, which would cost start-up time. */
public final class YamlFile {
    private static final int MAX_BYTES = 1 << 20;

    /** Our deepest key stands on level 5; the reader calls itself per level on a stack of 256 KiB. */
    private static final int MAX_DEPTH = 50;

    /** Characters of the parser's message that are shown. */
    private static final int MAX_PROBLEM = 300;

    /** Where the problem is; the exception's own location is where the parser had begun. */
    private static final Pattern PROBLEM_LINE = Pattern.compile("line (\\d+), column");

    private YamlFile() {}

    /**
     * The file's content; empty when there is no file.
     *
     * @throws ConfigException when it cannot be read, is empty, over 1 MiB, no YAML, or no mapping
     */
    public static Optional<ConfigNode.Mapping> read(Path file) throws ConfigException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw fault(file.toString(), Files.size(file) + " bytes", "at most " + MAX_BYTES + " bytes of YAML");
            }
            return Optional.of(parse(file.toString(), Files.readAllBytes(file)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (ConfigException told) {
            throw told;
        } catch (IOException unreadable) {
            throw fault(file.toString(), "an unreadable file (" + unreadable + ")", "a readable YAML file");
        }
    }

    /** The content of YAML text; {@code name} stands in messages. */
    public static ConfigNode.Mapping parse(String name, byte[] yaml) throws ConfigException {
        try (var parser = YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .createParser(yaml)) {
            if (parser.nextToken() == null) {
                throw fault(name, "an empty file", "a YAML mapping of configuration keys");
            }
            if (!(node(name, parser, 1) instanceof ConfigNode.Mapping mapping)) {
                throw fault(name, "no mapping", "a YAML mapping of configuration keys");
            }
            if (parser.nextToken() != null) {
                throw fault(name, "a second document", "one YAML document");
            }
            return mapping;
        } catch (JacksonException broken) {
            throw broken(name, broken);
        } catch (ConfigException told) {
            throw told;
        } catch (IOException impossible) {
            throw fault(name, "unreadable bytes (" + impossible + ")", "valid YAML");
        }
    }

    private static ConfigNode node(String name, JsonParser parser, int depth) throws IOException {
        var line = parser.currentTokenLocation().getLineNr();
        if (depth > MAX_DEPTH) {
            throw fault(name + ":" + line, "values inside each other", "at most " + MAX_DEPTH + " levels");
        }
        // Jackson hands out the alias's name as if it were the value.
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw fault(name + ":" + line, "the YAML alias *" + parser.getText(), "the value itself");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(name, parser, line, depth);
            case START_ARRAY -> sequence(name, parser, line, depth);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                new ConfigNode.Scalar(ConfigNode.Kind.NUMBER, parser.getText(), line);
            // YAML spells booleans in many ways (yes, on); one is enough further on.
            case VALUE_TRUE -> new ConfigNode.Scalar(ConfigNode.Kind.BOOLEAN, "true", line);
            case VALUE_FALSE -> new ConfigNode.Scalar(ConfigNode.Kind.BOOLEAN, "false", line);
            case VALUE_NULL -> new ConfigNode.Scalar(ConfigNode.Kind.NULL, "", line);
            default -> text(parser, line);
        };
    }

    private static ConfigNode text(JsonParser parser, int line) throws IOException {
        // An empty plain scalar is null in YAML; Jackson hands it out as empty text.
        var text = parser.getText();
        var kind = text.isEmpty() ? ConfigNode.Kind.NULL : ConfigNode.Kind.TEXT;
        return new ConfigNode.Scalar(kind, text, line);
    }

    private static ConfigNode mapping(String name, JsonParser parser, int line, int depth) throws IOException {
        var members = new LinkedHashMap<String, ConfigNode>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = parser.currentName();
            parser.nextToken();
            members.put(key, node(name, parser, depth + 1));
        }
        return new ConfigNode.Mapping(members, line);
    }

    private static ConfigNode sequence(String name, JsonParser parser, int line, int depth) throws IOException {
        var items = new ArrayList<ConfigNode>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(name, parser, depth + 1));
        }
        return new ConfigNode.Sequence(items, line);
    }

    private static ConfigException fault(String where, String found, String expected) {
        return new ConfigException(List.of(new ConfigFault(where, "", found, expected)));
    }

    private static ConfigException broken(String name, JacksonException broken) {
        var message = String.valueOf(broken.getOriginalMessage());
        var line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
        for (var problem = PROBLEM_LINE.matcher(message); problem.find(); ) {
            line = Integer.parseInt(problem.group(1));
        }
        return fault(line < 1 ? name : name + ":" + line, "broken YAML (" + problem(message) + ")", "valid YAML");
    }

    /** The sentences of the parser's message; lines that begin with a blank show the place. */
    private static String problem(String message) {
        var sentences = message.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
        return sentences.length() <= MAX_PROBLEM ? sentences : sentences.substring(0, MAX_PROBLEM) + "…";
    }
}
