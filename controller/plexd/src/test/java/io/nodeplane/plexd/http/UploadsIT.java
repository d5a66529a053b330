package io.nodeplane.plexd.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs put where an answer said (protocol facts 8.3), over real sockets. */
@Timeout(60)
class UploadsIT {
    private static final List<byte[]> PARTS = List.of("out".getBytes(UTF_8), "err".getBytes(UTF_8));

    @Test
    void putsThePartsAsTheyAreAndWithoutTheBearer() throws Exception {
        try (var store = answering(200, Map.of());
                var client = client(store.config())) {
            client.put(place(store), PARTS);

            var seen = store.last();
            assertEquals("PUT", seen.method());
            assertEquals("/exec-output/e-1", seen.path());
            assertEquals("outerr", new String(seen.body(), UTF_8));
            assertEquals("6", seen.header("Content-Length"));
            assertEquals("application/octet-stream", seen.header("Content-Type"));
            assertEquals("", seen.header("Authorization"));
            assertEquals("", seen.header("Content-Encoding"));
        }
    }

    @ParameterizedTest
    @CsvSource({"403, Rejected", "409, Rejected", "413, Rejected", "429, RateLimited", "503, ServerFault"})
    void tellsARefusalWithoutTheTokenOfTheUrl(int status, String kind) throws Exception {
        try (var store = CannedServer.start(CannedServer.fixed(status, Map.of(), "not with token=t".getBytes(UTF_8)));
                var client = client(store.config())) {
            var refused = assertThrows(ApiException.class, () -> client.put(place(store), PARTS));

            assertEquals(kind, refused.getClass().getSimpleName());
            assertTrue(String.valueOf(refused.getMessage()).contains("status " + status), refused.getMessage());
            assertFalse(String.valueOf(refused.getMessage()).contains("token=t"), refused.getMessage());
        }
    }

    @Test
    void goesNowhereElse() throws Exception {
        try (var other = answering(200, Map.of());
                var store = answering(307, Map.of("Location", place(other)));
                var client = client(store.config())) {
            var refused = assertThrows(ApiException.Rejected.class, () -> client.put(place(store), PARTS));

            assertEquals(307, refused.status());
            assertEquals(List.of(), other.seen());
        }
    }

    @Test
    void sendsNothingInClearWhereTheControlPlaneIsEncrypted() throws Exception {
        var limit = Duration.ofSeconds(5);
        var tls = new ApiConfig(URI.create("https://control.example.com"), false, limit, limit, limit);
        try (var store = answering(200, Map.of());
                var client = client(tls)) {
            assertThrows(ApiException.Malformed.class, () -> client.put(place(store), PARTS));

            assertEquals(List.of(), store.seen());
        }
    }

    @Test
    void tellsThatNobodyAnswers() throws Exception {
        var store = answering(200, Map.of());
        var place = place(store);
        try (var client = client(store.config())) {
            store.close();

            var failed = assertThrows(ApiException.Unreachable.class, () -> client.put(place, PARTS));
            assertFalse(String.valueOf(failed.getMessage()).contains("token=t"), failed.getMessage());
        }
    }

    private static CannedServer answering(int status, Map<String, String> headers) throws Exception {
        return CannedServer.start(CannedServer.fixed(status, headers, new byte[0]));
    }

    private static String place(CannedServer store) {
        return store.config().baseUrl() + "/exec-output/e-1?token=t";
    }

    private static HttpApiClient client(ApiConfig config) {
        return new HttpApiClient(config, "0.1.0", Clock.systemUTC(), new HttpMetrics(new PrometheusRegistry()));
    }
}
