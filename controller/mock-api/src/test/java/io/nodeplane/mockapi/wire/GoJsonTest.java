package io.nodeplane.mockapi.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class GoJsonTest {
    static String[][] strings() {
        return new String[][] {
            {"plain", "\"plain\""},
            {"a\"b\\c/d", "\"a\\\"b\\\\c/d\""},
            {"\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""},
            {"\u0001\u001f\u007f", "\"\\u0001\\u001f\u007f\""},
            {"<a>&", "\"\\u003ca\\u003e\\u0026\""},
            {"\u2028\u2029", "\"\\u2028\\u2029\""},
            {"grün \uD83D\uDE00", "\"grün \uD83D\uDE00\""},
            {"x\uD83D", "\"x\uFFFD\""},
            {"\uDE00x", "\"\uFFFDx\""},
        };
    }

    @ParameterizedTest
    @MethodSource("strings")
    void quotesStringsAsGoDoes(String text, String expected) {
        assertEquals(expected, GoJson.quoted(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{ \"b\" : 1.50 , \"a\" : [ 1 , 2 ] }` | `{\"b\":1.50,\"a\":[1,2]}`",
                "`{\"t\":\" a  b \"}`                   | `{\"t\":\" a  b \"}`",
                "`{\"t\":\"a<b>&c\"}`                   | `{\"t\":\"a\\u003cb\\u003e\\u0026c\"}`",
                "`{\"t\":\"q\\\" <\"}`                  | `{\"t\":\"q\\\" \\u003c\"}`",
                "`{\"t\":\"\\u00e9\\/\"}`               | `{\"t\":\"\\u00e9\\/\"}`",
                "`null`                                 | `null`",
            })
    void compactsWithoutTouchingNumbersOrderOrEscapes(String json, String expected) {
        assertEquals(expected, GoJson.compacted(json));
    }
}
