package io.nodeplane.plexd.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest(name = "segment {0} is sent as {1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "app/config, app%2Fconfig",
                "a b, a%20b",
                "é, %C3%A9",
                "100%, 100%25",
                "a?b#c, a%3Fb%23c",
                "a-b._~1, a-b._~1",
                ".., %2E%2E",
                "., %2E",
                "..., ..."
            })
    void encodesEachSegmentByItself(String segment, String encoded) {
        assertEquals("/v1/nodes/" + encoded, Target.path(List.of("v1", "nodes", segment)));
    }

    @Test
    void keepsThePathOfTheBaseUrl() {
        var target = Target.of(URI.create("https://api.example:8443/plexd"), List.of("v1", "ping"));

        assertEquals("https://api.example:8443/plexd/v1/ping", target.toString());
    }
}
