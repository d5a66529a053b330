package io.nodeplane.plexd.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {
    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"code\":\"token_consumed\",\"correlation_id\":\"c1\",\"detail\":\"used\"} | token_consumed, used (correlation c1)",
                "{\"code\":\"token_consumed\"} | token_consumed (correlation h1)",
                "{\"title\":\"Bad Request\",\"status\":400} | Bad Request (correlation h1)",
                "{\"code\":7,\"detail\":{\"x\":1},\"title\":\"t\"} | t (correlation h1)",
                "{\"code\":\"cut\",\"detail\":\"off | cut (correlation h1)",
                "[] | (correlation h1)",
                "<html> | (correlation h1)",
            })
    void readsWhatThereIs(String body, String text) {
        assertEquals(text, Problem.read(body.getBytes(UTF_8), "h1").text());
    }

    @Test
    void saysNothingAboutNothing() {
        assertEquals(Problem.NONE, Problem.read(new byte[0], ""));
        assertEquals("", Problem.NONE.text());
    }
}
