package io.nodeplane.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigKeysTest {
    private static final ConfigKey<String> URL = ConfigKey.without(
                    "api.base_url", ConfigType.TEXT, "required", "the server")
            .fromFlag("--api");
    private static final ConfigKey<Map<String, String>> LABELS =
            ConfigKey.of("labels", ConfigType.LABELS, Map.of(), "free labels");
    private static final ConfigKey<Integer> LATER =
            ConfigKey.atLeast("later.count", 1, 1, "").withoutEffect();
    private static final ConfigKeys KEYS = new ConfigKeys(List.of(URL, LABELS, LATER));

    @Test
    void warnsAboutUnknownKeysAndSuggestsTheNearest() throws ConfigException {
        var file = parse("api:\n  base_ur: x\nlabels:\n  anything: goes\nfoo:\n  bar: 1\nlater:\n  count: 2\n");

        assertEquals(
                List.of(
                        "c.yaml:2: unknown key api.base_ur is ignored; did you mean api.base_url?",
                        "c.yaml:6: unknown key foo is ignored"),
                KEYS.unknown("c.yaml", file));
    }

    @Test
    void warnsOfTwentyUnknownKeysAndCountsTheRest() throws ConfigException {
        var keys = new StringBuilder("a".repeat(500) + ": 1\n");
        for (var key = 0; key < 5000; key++) {
            keys.append('k').append(key).append(": 1\n");
        }

        var warnings = KEYS.unknown("c.yaml", parse(keys.toString()));

        assertEquals(21, warnings.size());
        assertEquals("c.yaml:1: unknown key " + "a".repeat(100) + "… is ignored", warnings.getFirst());
        assertEquals("c.yaml: 4981 more unknown keys are ignored", warnings.getLast());
    }

    @Test
    void showsTheBeginningOfALongValue() throws ConfigException {
        var faults = KEYS.misplaced("c.yaml", parse("api: " + "x".repeat(5000) + "\n"));

        assertEquals(
                "text \"" + "x".repeat(100) + "\" and 4900 more characters",
                faults.getFirst().found());
    }

    @Test
    void tellsASectionThatIsNone() throws ConfigException {
        var faults = KEYS.misplaced("c.yaml", parse("api: http://x\nlater:\n"));

        assertEquals(List.of(new ConfigFault("c.yaml:1", "api", "text \"http://x\"", "a section with keys")), faults);
    }

    @Test
    void rendersOneRowPerUsedKey() {
        assertEquals("""
                | Key | Type | Default | Meaning | Rule | Variable, flag |
                |---|---|---|---|---|---|
                | `api.base_url` | text | required | the server |  | `--api` |
                | `labels` | map of text | `none` | free labels |  |  |

                Accepted and checked, without effect so far: `later.count`.
                """, KEYS.markdown());
    }

    @Test
    void refusesAPathThatIsDeclaredTwice() {
        assertThrows(IllegalArgumentException.class, () -> new ConfigKeys(List.of(URL, URL)));
    }

    private static ConfigNode.Mapping parse(String yaml) throws ConfigException {
        return YamlFile.parse("c.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }
}
