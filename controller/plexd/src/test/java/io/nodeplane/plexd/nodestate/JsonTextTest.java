package io.nodeplane.plexd.nodestate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.50 | 1.5",
                "1.0 | 1",
                "1e3 | 1000",
                "-0.0 | 0",
                "9007199254740993 | 9007199254740993",
                "18446744073709551616 | 1.8446744073709552E19",
                "{ \"b\" : 1, \"a\":[ true , null, {} ] } | {\"a\":[true,null,{}],\"b\":1}",
                "[] | []",
                "1e999 | 1.7976931348623157E308",
                "[-1e999] | [-1.7976931348623157E308]",
                "\"\\ud800x\" | \"\ufffdx\"",
                "{\"\\udfff\":1} | {\"\ufffd\":1}",
                "\"a\\u00e9/\" | \"aé/\"",
                "null | null",
            })
    void spellsEqualValuesAlike(String json, String expected) {
        assertEquals(expected, JsonText.canonical(json));
        assertEquals(expected, JsonText.canonical(expected));
        assertEquals(expected, JsonText.fromPlain(JsonText.plain(json)));
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThrows(IllegalArgumentException.class, () -> JsonText.canonical("{"));
    }
}
