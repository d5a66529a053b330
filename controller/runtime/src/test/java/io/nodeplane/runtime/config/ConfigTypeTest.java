package io.nodeplane.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTypeTest {
    @ParameterizedTest
    @CsvSource({
        "http://mock-api.plexd-e2e:8080, http://mock-api.plexd-e2e:8080",
        "https://control.example/, https://control.example",
        "https://control.example/base//, https://control.example/base",
    })
    void takesHttpUrlsWithoutTheirTrailingSlash(String text, String expected) {
        assertEquals(
                Optional.of(expected),
                ConfigType.HTTP_URL.fromText().apply(text).map(Object::toString));
    }

    @ParameterizedTest
    @CsvSource({"''", "mock-api:8080", "ftp://host", "http://", "http:///path", "https://user:secret@host", "http://a b"
    })
    void refusesOtherUrls(String text) {
        assertEquals(Optional.empty(), ConfigType.HTTP_URL.fromText().apply(text));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:9101, 127.0.0.1:9101", "localhost:0, localhost:0", "[::1]:9101, [::1]:9101"})
    void takesHostAndPort(String text, String expected) {
        var address = ConfigType.HOST_PORT.fromText().apply(text);

        assertEquals(Optional.of(expected), address.map(ConfigType.HOST_PORT.print()));
    }

    @ParameterizedTest
    @CsvSource({"''", "9101", ":9101", "host:", "host:x", "host:65536", "host:-1"})
    void refusesOtherAddresses(String text) {
        assertEquals(Optional.empty(), ConfigType.HOST_PORT.fromText().apply(text));
    }
}
