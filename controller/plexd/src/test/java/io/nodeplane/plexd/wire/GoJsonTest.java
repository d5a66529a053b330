package io.nodeplane.plexd.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoJsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "whitespace goes          | `{ \"a\" : [ 1 , 2 ]\n}`        | {\"a\":[1,2]}",
                "numbers keep their form  | [1.50, 1e5, -0, 1E+2]           | [1.50,1e5,-0,1E+2]",
                "spaces in strings stay   | [\" a b \"]                     | [\" a b \"]",
                "HTML is escaped          | [\"<a>&\"]                      | [\"\\u003ca\\u003e\\u0026\"]",
                "escapes stay             | [\"\\u00e9\\/\\n\"]             | [\"\\u00e9\\/\\n\"]",
                "escaped quote            | [\"\\\" , \\\\\" , 1]           | [\"\\\" , \\\\\",1]",
                "separators are escaped   | [\"\u2028x\u2029\"]             | [\"\\u2028x\\u2029\"]",
                "their neighbours are not | [\"\u2027\u202a\"]              | [\"\u2027\u202a\"]",
                "key order stays          | {\"b\":1,\"a\":2}               | {\"b\":1,\"a\":2}",
                "scalars                  | ` null `                        | null"
            })
    void compactsAsGoDoes(String what, String json, String compact) {
        assertEquals(compact, new String(GoJson.compact(json.getBytes(UTF_8)), UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain               | evt-1/ä€😀       | evt-1/ä€😀",
                "quote and backslash | a\"b\\c           | a\\\"b\\\\c",
                "HTML                | <&>              | \\u003c\\u0026\\u003e"
            })
    void quotesAsGoDoes(String what, String decoded, String quoted) {
        assertEquals("\"" + quoted + "\"", GoJson.string(decoded));
    }

    @Test
    void escapesControlCharactersShortWhereGoDoes() {
        assertEquals(
                "\"\\b\\f\\n\\r\\t\\u0000\\u001f\\u2028\\u2029\u007f\"",
                GoJson.string("\b\f\n\r\t\u0000\u001f\u2028\u2029\u007f"));
    }

    @Test
    void writesALoneSurrogateAsTheReplacementCharacter() {
        assertEquals("\"a\ufffdb\"", GoJson.string("a\ud800b"));
    }

    @Test
    void agreesWithASlowImplementationOnRandomStrings() {
        var random = new Random(20260220);
        for (var round = 0; round < 2000; round++) {
            var text = randomText(random);

            assertEquals(slow(text), GoJson.string(text));
        }
    }

    @Test
    void compactingChangesNoMeaning() throws Exception {
        var random = new Random(7);
        for (var round = 0; round < 500; round++) {
            var value = randomValue(random, 3);
            var pretty = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);

            var compact = GoJson.compact(pretty);

            assertEquals(value, MAPPER.readTree(compact));
            assertEquals(new String(compact, UTF_8), new String(GoJson.compact(compact), UTF_8), "idempotent");
        }
    }

    /** The rules of the protocol facts 3.6, one regular expression after the other instead of one pass. */
    private static String slow(String text) {
        var out = text.replace("\\", "\\\\").replace("\"", "\\\"");
        for (char c = 0; c < 0x20; c++) {
            var escape = switch (c) {
                case '\b' -> "\\b";
                case '\f' -> "\\f";
                case '\n' -> "\\n";
                case '\r' -> "\\r";
                case '\t' -> "\\t";
                default -> String.format("\\u%04x", (int) c);
            };
            out = out.replace(String.valueOf(c), escape);
        }
        for (var c : new char[] {'<', '>', '&', '\u2028', '\u2029'}) {
            out = out.replace(String.valueOf(c), String.format("\\u%04x", (int) c));
        }
        return "\"" + out + "\"";
    }

    private static String randomText(Random random) {
        var alphabet = "ab\"\\/<>&\b\f\n\r\t\u0000\u0001\u001f\u007f é€\u2027\u2028\u2029\u202a\ufffd😀";
        var points = alphabet.codePoints().toArray();
        var text = new StringBuilder();
        for (var length = random.nextInt(12); length > 0; length--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private static JsonNode randomValue(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> MAPPER.getNodeFactory().textNode(randomText(random));
            case 1 -> MAPPER.getNodeFactory().numberNode(random.nextInt());
            case 2 -> MAPPER.getNodeFactory().nullNode();
            case 3 ->
                MAPPER.createArrayNode().add(randomValue(random, depth - 1)).add(randomValue(random, depth - 1));
            default -> MAPPER.createObjectNode().set(randomText(random), randomValue(random, depth - 1));
        };
    }
}
