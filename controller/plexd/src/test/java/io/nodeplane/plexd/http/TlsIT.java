package io.nodeplane.plexd.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real TLS server whose certificate nobody signed and whose name is another one. */
@Timeout(60)
class TlsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final ApiRequest PING =
            new ApiRequest("GET", List.of("v1", "ping"), Optional.empty(), new ApiRequest.Credential.None());

    @TempDir
    static Path directory;

    private static SSLContext selfSigned;

    @BeforeAll
    static void makeCertificate() throws Exception {
        var store = directory.resolve("store.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=elsewhere.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        selfSigned = SSLContext.getInstance("TLS");
        selfSigned.init(factory.getKeyManagers(), null, null);
    }

    @Test
    void refusesACertificateThatNobodySigned() throws Exception {
        try (var server = server();
                var client = client(server.config(false))) {
            var refused = assertThrows(ApiException.Unreachable.class, () -> client.send(PING));

            assertTrue(refused.toString().contains("TLS failed"), refused.toString());
            assertTrue(server.seen().isEmpty());
        }
    }

    @Test
    void takesItWhenTheConfigurationSaysSo() throws Exception {
        try (var server = server();
                var client = client(server.config(true))) {
            assertEquals("{}", new String(client.send(PING), UTF_8));
        }
    }

    private static CannedServer server() throws Exception {
        var server = HttpsServer.create(CannedServer.loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned));
        return CannedServer.over(server, "https", CannedServer.fixed(200, Map.of(), "{}".getBytes(UTF_8)));
    }

    private static HttpApiClient client(ApiConfig config) {
        return new HttpApiClient(config, "0.1.0", Clock.systemUTC(), new HttpMetrics(new PrometheusRegistry()));
    }
}
