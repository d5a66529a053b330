package io.nodeplane.plexd.filehooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.capabilities.Capabilities.Parameter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidecarTest {
    @Test
    void readsEveryMember() throws IOException {
        var json = "{\"description\":\"cleans\",\"timeout\":\"90s\",\"sandbox\":true,\"later\":[1],\"parameters\":["
                + "{\"name\":\"deep\",\"type\":\"bool\",\"required\":true,\"default\":\"true\",\"description\":\"how\"},"
                + "{\"name\":\"plain\"}]}";

        assertEquals(
                new Sidecar(
                        "cleans",
                        List.of(
                                new Parameter("deep", "bool", true, "true", "how"),
                                new Parameter("plain", "string", false, "", "")),
                        Optional.of(Duration.ofSeconds(90)),
                        true),
                Sidecar.read(json.getBytes(UTF_8)));
    }

    @Test
    void needsNoMember() throws IOException {
        assertEquals(Sidecar.NONE, Sidecar.read("{}".getBytes(UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|expected a JSON object",
                "{'timeout': 30}|member timeout: 30, expected a text",
                "{'timeout': 'soon'}|member timeout: 'soon', expected a duration such as 30s, more than 0",
                "{'timeout': '0s'}|member timeout: '0s', expected a duration such as 30s, more than 0",
                "{'sandbox': 'yes'}|member sandbox: 'yes', expected true or false",
                "{'parameters': {}}|member parameters: {}, expected a list of objects",
                "{'parameters': [{}]}|member parameters[].name: nothing, expected a non-empty text",
                "{'parameters': [{'name': 'a', 'type': 'float'}]}|member parameters[].type: 'float', expected one of",
                "{'description': 1|Unexpected end-of-input",
            })
    void namesWhatIsWrong(String json, String expected) {
        var failure = assertThrows(
                IOException.class, () -> Sidecar.read(json.replace('\'', '"').getBytes(UTF_8)));

        assertTrue(String.valueOf(failure.getMessage()).contains(expected.replace('\'', '"')), failure.getMessage());
    }
}
