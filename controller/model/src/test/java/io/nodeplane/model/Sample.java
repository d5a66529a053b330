package io.nodeplane.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of {@code crds/samples}. Source: the README there.
 *
 * @param name file name without its ending
 * @param documents the states of one object, to be written one after the other
 * @param field of a rejected sample, the field that is named as the cause; empty for a valid one
 * @param message of a rejected sample, a part of the cause's message; empty for a valid one
 */
record Sample(String name, List<JsonNode> documents, String field, String message) {
    private static final Path SAMPLES = Path.of("../../crds/samples");
    private static final Pattern SEPARATOR = Pattern.compile("\n---\n");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    Sample {
        documents = List.copyOf(documents);
    }

    /** All samples of a kind: {@code valid} or {@code rejected}. */
    static Stream<Sample> all(String folder) {
        try (var files = Files.list(SAMPLES.resolve(folder))) {
            return files.sorted().map(Sample::from).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Sample from(Path file) {
        try {
            var text = Files.readString(file);
            var documents = new ArrayList<JsonNode>();
            for (var document : SEPARATOR.splitAsStream(text).toList()) {
                documents.add(YAML.unmarshal(document, JsonNode.class));
            }
            var name = file.getFileName().toString().replace(".yaml", "");
            return new Sample(name, documents, comment(text, "field"), comment(text, "message"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String comment(String text, String key) {
        var start = "# " + key + ": ";
        return text.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse("");
    }

    @Override
    public String toString() {
        return name;
    }
}
