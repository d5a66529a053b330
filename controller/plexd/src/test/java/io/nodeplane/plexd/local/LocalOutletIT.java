package io.nodeplane.plexd.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.logs.LogJson;
import io.nodeplane.plexd.logs.LogRecord;
import io.nodeplane.plexd.logs.Severity;
import io.nodeplane.plexd.secrets.SealedSecret;
import io.nodeplane.plexd.secrets.SecretCache;
import io.nodeplane.plexd.secrets.SecretOpener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a TLS server whose certificate is self-signed and for another host name (seed "Kubernetes E2E Test"). */
class LocalOutletIT {
    private static final NodeSecretKey KEY = new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345");
    private static final LogRecord LOG =
            new LogRecord(Instant.EPOCH, "agent", "plexd", "hello", Severity.INFO, "node-1");

    @TempDir
    static Path directory;

    /** One request as it arrived; headers that are missing are null. */
    private record Received(
            @Nullable String authorization,
            @Nullable String contentType,
            @Nullable String contentEncoding,
            String body) {}

    private final List<Received> received = new ArrayList<>();
    private final Queue<Integer> answers = new ArrayDeque<>();
    private final Queue<String> tokens = new ArrayDeque<>();
    private HttpsServer server;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=another-name",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        directory.resolve("server.p12").toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        try (var output = keytool.inputReader(UTF_8)) {
            var text = output.readAllAsString();
            assertTrue(keytool.waitFor(60, TimeUnit.SECONDS), text);
            assertEquals(0, keytool.exitValue(), text);
        }
    }

    @BeforeEach
    void startServer() throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(directory.resolve("server.p12"))) {
            keys.load(in, "changeit".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/local/logs", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            received.add(new Received(
                    headers.getFirst("Authorization"),
                    headers.getFirst("Content-Type"),
                    headers.getFirst("Content-Encoding"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            var answer = answers.poll();
            exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
        }
    }

    /** Seals the next token as the control plane does. */
    private SealedSecret fetch(String name) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(KEY.bytes(), "AES"),
                    new GCMParameterSpec(128, new byte[12]));
            return new SealedSecret(
                    name, new byte[12], cipher.doFinal(tokens.remove().getBytes(UTF_8)), 1);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void send(boolean insecure) throws ApiException, InterruptedException {
        var url = URI.create("https://localhost:" + server.getAddress().getPort() + "/local/logs");
        var config = new LocalEndpointConfig(url, "local-bearer-token", insecure);
        var secrets = new SecretCache(this::fetch, new SecretOpener(KEY), Clock.systemUTC());
        try (var client = LocalClient.of(insecure)) {
            new LocalOutlet<>(config, client, secrets, new LogJson()).send(List.of(LOG));
        }
    }

    @Test
    void postsAPlainJsonArrayWithTheOpenedSecretAsBearer() throws ApiException, InterruptedException {
        tokens.add("e2e-local-bearer-token");

        send(true);

        var request = received.getFirst();
        assertEquals("Bearer e2e-local-bearer-token", request.authorization());
        assertEquals("application/json", request.contentType());
        assertNull(request.contentEncoding());
        assertEquals(new String(new LogJson().array(List.of(LOG)), UTF_8), request.body());
    }

    @Test
    void refusesAnUnknownCertificateUnlessToldOtherwise() {
        tokens.add("token");

        assertThrows(ApiException.Unreachable.class, () -> send(false));

        assertEquals(List.of(), received);
    }

    @Test
    void asksOnceForANewerSecretWhenTheOldOneIsRefused() throws ApiException, InterruptedException {
        tokens.addAll(List.of("old", "new"));
        answers.add(401);

        send(true);

        assertEquals(
                List.of("Bearer old", "Bearer new"),
                received.stream().map(Received::authorization).toList());
    }

    @Test
    void givesUpWhenTheNewerSecretIsRefusedToo() {
        tokens.addAll(List.of("old", "new"));
        answers.addAll(List.of(401, 401));

        assertThrows(ApiException.Unauthorized.class, () -> send(true));

        assertEquals(2, received.size());
    }

    @Test
    void classifiesOtherAnswers() {
        tokens.addAll(List.of("a", "b", "c"));
        answers.addAll(List.of(503, 413, 302));

        assertThrows(ApiException.ServerFault.class, () -> send(true));
        var tooLarge = assertThrows(ApiException.Rejected.class, () -> send(true));
        assertEquals(413, tooLarge.status());
        assertThrows(ApiException.Rejected.class, () -> send(true));
    }

    @Test
    void neverShowsASecretThatIsNoBearer() {
        tokens.add("top secret\nvalue");

        var failed = assertThrows(ApiException.Unreachable.class, () -> send(true));

        assertFalse(failed.toString().contains("top"), failed.toString());
        assertEquals(List.of(), received);
    }
}
