package io.nodeplane.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
    @TempDir
    Path directory;

    @Test
    void knowsKindAndLineOfEachValue() throws ConfigException {
        var file = parse("api:\n  base_url: http://x\n  n: 12\n  b: true\n  z:\nlist:\n  - a\n  - 2\n");

        var api = (ConfigNode.Mapping) member(file, "api");
        assertEquals(new ConfigNode.Scalar(ConfigNode.Kind.TEXT, "http://x", 2), member(api, "base_url"));
        assertEquals(new ConfigNode.Scalar(ConfigNode.Kind.NUMBER, "12", 3), member(api, "n"));
        assertEquals(new ConfigNode.Scalar(ConfigNode.Kind.BOOLEAN, "true", 4), member(api, "b"));
        assertEquals(ConfigNode.Kind.NULL, ((ConfigNode.Scalar) member(api, "z")).kind());
        assertEquals(2, ((ConfigNode.Sequence) member(file, "list")).items().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|found an empty file",
                "'# only a comment'|found an empty file",
                "'just words'|found no mapping",
                "'- a'|found no mapping",
                "'a: 1\nb: [1, 2'|broken YAML",
                "'a: 1\na: 2'|broken YAML",
                "'a:\n\tb: 1'|config.yaml:2: found broken YAML (while scanning for the next token, found character",
                "'a: &x 1\nb: *x'|config.yaml:2: found the YAML alias *x, expected the value itself",
                "'a: &x {b: 1}\nc:\n  <<: *x'|config.yaml:3: found the YAML alias *x",
                "'a: 1\n---\nb: 2'|found a second document",
            })
    void refusesWhatIsNoConfiguration(String yaml, String message) {
        var told = String.valueOf(
                assertThrows(ConfigException.class, () -> parse(yaml)).getMessage());

        assertTrue(told.contains(message), told);
        assertTrue(told.contains("config.yaml"), told);
    }

    @Test
    void readsFiftyLevelsAndNoMore() throws ConfigException {
        assertEquals(1, parse(nested(49)).members().size());
        var told = String.valueOf(
                assertThrows(ConfigException.class, () -> parse(nested(5000))).getMessage());

        assertTrue(told.contains("config.yaml:1: found values inside each other, expected at most 50 levels"), told);
    }

    private static String nested(int lists) {
        return "a: " + "[".repeat(lists) + "]".repeat(lists);
    }

    @Test
    void tellsAMissingFileFromAnUnreadableOne() throws IOException {
        var unreadable = Files.createDirectory(directory.resolve("directory.yaml"));

        assertEquals(Optional.empty(), YamlFile.read(directory.resolve("missing.yaml")));
        var told = String.valueOf(assertThrows(ConfigException.class, () -> YamlFile.read(unreadable))
                .getMessage());
        assertTrue(told.contains("unreadable file"), told);
    }

    private static ConfigNode member(ConfigNode.Mapping mapping, String name) {
        return Objects.requireNonNull(mapping.members().get(name));
    }

    private static ConfigNode.Mapping parse(String yaml) throws ConfigException {
        return YamlFile.parse("config.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }
}
