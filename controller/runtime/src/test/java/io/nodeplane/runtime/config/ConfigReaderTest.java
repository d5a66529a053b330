package io.nodeplane.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final ConfigKey<String> COLOUR = ConfigKey.of("paint.colour", ConfigType.TEXT, "white", "")
            .fromVariable("COLOUR")
            .fromFlag("--colour");
    private static final ConfigKey<Duration> PAUSE =
            ConfigKey.atLeast("pause", Duration.ofSeconds(10), Duration.ofSeconds(1), "");
    private static final ConfigKey<Integer> COUNT = ConfigKey.atLeast("count", 3, 1, "");
    private static final ConfigKey<Boolean> ON =
            ConfigKey.of("on", ConfigType.BOOLEAN, true, "").fromVariable("ON");
    private static final ConfigKey<String> TOKEN = ConfigKey.of("token", ConfigType.TEXT, "", "")
            .where("short", text -> text.length() < 5)
            .masked();

    @Test
    void prefersFlagToVariableToFileToDefault() throws ConfigException {
        var yaml = "paint:\n  colour: blue\n";

        assertEquals("white", reader("a: 1", Map.of(), Map.of()).get(COLOUR));
        assertEquals("blue", reader(yaml, Map.of(), Map.of()).get(COLOUR));
        assertEquals("green", reader(yaml, Map.of("COLOUR", "green"), Map.of()).get(COLOUR));
        assertEquals(
                "red",
                reader(yaml, Map.of("COLOUR", "green"), Map.of("--colour", "red"))
                        .get(COLOUR));
    }

    @Test
    void takesAnEmptySectionOrValueAsAbsent() throws ConfigException {
        assertEquals("white", reader("paint:\n", Map.of("COLOUR", ""), Map.of()).get(COLOUR));
        assertEquals("white", reader("paint:\n  colour:\n", Map.of(), Map.of()).get(COLOUR));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pause: 10|file.yaml:1: pause: found number 10, expected a duration such as 500ms, 10s or 1m30s, not negative, at least 1s",
                "pause: -5s|file.yaml:1: pause: found text \"-5s\", expected a duration such as 500ms, 10s or 1m30s, not negative, at least 1s",
                "pause: 500ms|file.yaml:1: pause: found text \"500ms\", expected a duration such as 500ms, 10s or 1m30s, not negative, at least 1s",
                "pause: {a: b}|file.yaml:1: pause: found a section, expected a duration such as 500ms, 10s or 1m30s, not negative, at least 1s",
                "count: many|file.yaml:1: count: found text \"many\", expected a whole number, at least 1",
                "count: 1.5|file.yaml:1: count: found number 1.5, expected a whole number, at least 1",
                "count: '2'|file.yaml:1: count: found text \"2\", expected a whole number, at least 1",
                "on: perhaps|file.yaml:1: on: found text \"perhaps\", expected true or false",
                "on: 1|file.yaml:1: on: found number 1, expected true or false",
                "on: [true]|file.yaml:1: on: found a list, expected true or false",
                "token: sesame|file.yaml:1: token: found a masked value of 6 characters, expected a text, short",
            })
    void namesFileKeyValueAndExpectation(String yaml, String fault) throws ConfigException {
        assertEquals(List.of(fault), faults(reader(yaml, Map.of(), Map.of())));
    }

    @Test
    void tellsAllFaultsTogether() throws ConfigException {
        var reader = reader("pause: 1\ncount: 0\n", Map.of("ON", "perhaps"), Map.of());

        assertEquals(3, faults(reader).size());
    }

    @ParameterizedTest
    @CsvSource({"1,true", "t,true", "TRUE,true", "True,true", "0,false", "F,false", "False,false"})
    void takesTheGoSpellingsOfBooleansInVariables(String text, boolean expected) throws ConfigException {
        assertEquals(expected, reader("a: 1", Map.of("ON", text), Map.of()).get(ON));
    }

    @Test
    void saysWhereARequiredKeyCanBeSet() throws ConfigException {
        var reader = reader("a: 1", Map.of(), Map.of());
        reader.require(COLOUR, "");

        var told = String.valueOf(
                assertThrows(ConfigException.class, reader::throwIfFaulty).getMessage());
        assertTrue(
                told.contains("file.yaml: paint.colour: found nothing, expected a text"
                        + " (set it in the file, as variable COLOUR or as flag --colour)"),
                told);
    }

    @Test
    void masksSecretsInWhatItPrints() throws ConfigException {
        var reader = reader("token: abc\ncount: 7\n", Map.of(), Map.of());
        reader.get(TOKEN);
        reader.get(COUNT);

        assertEquals(Map.of("token", "[masked]", "count", "7"), reader.effective());
    }

    private static List<String> faults(ConfigReader reader) {
        List.of(COLOUR, PAUSE, COUNT, ON, TOKEN).forEach(reader::get);
        return assertThrows(ConfigException.class, reader::throwIfFaulty).faults().stream()
                .map(ConfigFault::toString)
                .toList();
    }

    private static ConfigReader reader(String yaml, Map<String, String> variables, Map<String, String> flags)
            throws ConfigException {
        var file = YamlFile.parse("file.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        return new ConfigReader(new ConfigReader.Input("file.yaml", file, variables, flags));
    }
}
