package io.nodeplane.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Form of an answer: a table for people, JSON or YAML as the node API gave it for scripts. */
public enum Output {
    TABLE,
    JSON,
    YAML;

    /** By the word of the option. */
    public static Optional<Output> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /** For messages: {@code table, json or yaml}. */
    public static String words() {
        return Arrays.stream(values()).map(Output::word).collect(Collectors.joining("|"));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String render(JsonNode answer, View view) throws JsonProcessingException {
        return switch (this) {
            case TABLE -> view.table().apply(answer).text();
            case JSON ->
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(answer)
                        + System.lineSeparator();
            case YAML -> {
                var yaml = YAMLFactory.builder()
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .build();
                yield new ObjectMapper(yaml).writeValueAsString(answer);
            }
        };
    }
}
