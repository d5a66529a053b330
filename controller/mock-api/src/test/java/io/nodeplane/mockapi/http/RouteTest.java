package io.nodeplane.mockapi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTest {
    private final Route secret =
            new Route("GET", "/v1/nodes/{id}/secrets/{key}", (request, names) -> Answer.noContent());

    @Test
    void decodesEachSegmentOnItsOwn() {
        assertEquals(
                Optional.of(Map.of("id", "n 1", "key", "certs/ca+x")),
                secret.match("/v1/nodes/n%201/secrets/certs%2Fca+x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/nodes/n/secrets", "/v1/nodes/n/secrets/a/b", "/v1/nodes//secrets/a", "/v2/nodes/n/secrets/a"
            })
    void otherPathsDoNotFit(String path) {
        assertEquals(Optional.empty(), secret.match(path));
    }

    @Test
    void refusesABrokenEscape() {
        var refused = assertThrows(RefusedException.class, () -> secret.match("/v1/nodes/%zz/secrets/a"));
        assertEquals(400, refused.status());
    }
}
