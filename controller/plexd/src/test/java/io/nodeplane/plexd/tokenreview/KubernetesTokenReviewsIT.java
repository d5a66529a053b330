package io.nodeplane.plexd.tokenreview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.nodeplane.plexd.cluster.ClusterClient;
import io.nodeplane.plexd.cluster.ClusterFault;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What leaves the agent's pod for the API server, byte by byte where it counts (seed "Kubernetes DaemonSet Deployment
 * Reference", seed "HTTPTokenReviewClient").
 */
@Timeout(60)
class KubernetesTokenReviewsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ANSWER = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\","
            + "\"status\":{\"authenticated\":true,\"user\":{\"username\":\"reader\"}}}";

    /** TLS 1.2 as it is written on the wire (RFC 5246, A.1). */
    private static final int TLS_1_2 = 0x0303;

    @TempDir
    static Path keys;

    @TempDir
    Path account;

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private HttpsServer server;

    @BeforeAll
    static void makeCertificates() throws Exception {
        for (var name : List.of("cluster", "stranger")) {
            var store = keys.resolve(name + ".p12").toString();
            keytool(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-keystore",
                    store,
                    "-ext",
                    "san=dns:localhost");
            keytool(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    name,
                    "-keystore",
                    store,
                    "-file",
                    keys.resolve(name + ".crt").toString());
        }
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    @BeforeEach
    void start() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keys.resolve("cluster.p12"))) {
            store.load(in, PASSWORD);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::answer);
        server.start();
        Files.writeString(account.resolve("token"), "first\n");
        Files.copy(keys.resolve("cluster.crt"), account.resolve("ca.crt"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void postsAReviewWithTheAccountsTokenOfTheMoment() throws Exception {
        try (var client = client(server.getAddress().getPort(), "ca.crt")) {
            var reviews = new KubernetesTokenReviews(client);

            assertEquals("reader", reviews.review("caller", List.of("plexd")).username());
            // The kubelet replaces it every hour.
            Files.writeString(account.resolve("token"), "second\n");
            reviews.review("caller", List.of());
        }

        assertEquals(2, seen.size(), seen::toString);
        assertTrue(
                seen.getFirst().startsWith("POST /apis/authentication.k8s.io/v1/tokenreviews Bearer first {"),
                seen.getFirst());
        assertTrue(
                seen.getFirst().contains("\"spec\":{\"audiences\":[\"plexd\"],\"token\":\"caller\"}"), seen.getFirst());
        assertTrue(seen.getLast().contains(" Bearer second "), seen.getLast());
    }

    @Test
    void believesAServerOfTheClustersAuthorityOnly() throws Exception {
        Files.copy(keys.resolve("stranger.crt"), account.resolve("stranger.crt"));
        try (var client = client(server.getAddress().getPort(), "stranger.crt")) {
            var fault = assertThrows(
                    ClusterFault.class, () -> new KubernetesTokenReviews(client).review("caller", List.of()));

            assertEquals(ClusterFault.Kind.UNAVAILABLE, fault.kind());
        }
        assertEquals(List.of(), seen);
    }

    @Test
    void offersNothingOlderThanTls12() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = client(listener.getLocalPort(), "ca.crt")) {
            var versions = new ArrayList<Integer>();
            var ears = Thread.ofVirtual().name("ears").start(() -> versions.addAll(offered(listener)));

            assertThrows(ClusterFault.class, () -> new KubernetesTokenReviews(client).review("caller", List.of()));
            ears.join();

            assertFalse(versions.isEmpty(), "the client offered no version");
            assertTrue(versions.stream().allMatch(version -> version >= TLS_1_2), versions::toString);
        }
    }

    /** The versions of the first message of a handshake (RFC 8446, 4.1.2 and 4.2.1). */
    private static List<Integer> offered(ServerSocket listener) {
        try (var socket = listener.accept();
                var in = new DataInputStream(socket.getInputStream())) {
            in.skipNBytes(3);
            var hello = ByteBuffer.wrap(in.readNBytes(in.readUnsignedShort()));
            hello.position(4 + 2 + 32);
            hello.position(hello.position() + 1 + hello.get(hello.position()));
            hello.position(hello.position() + 2 + hello.getShort(hello.position()));
            hello.position(hello.position() + 1 + hello.get(hello.position()) + 2);
            while (hello.hasRemaining()) {
                var type = hello.getShort();
                var body = hello.slice(hello.position() + 2, hello.getShort(hello.position()));
                hello.position(hello.position() + 2 + body.remaining());
                if (type == 43) {
                    return versions(body);
                }
            }
            return List.of();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static List<Integer> versions(ByteBuffer body) {
        var versions = new ArrayList<Integer>();
        body.get();
        while (body.hasRemaining()) {
            versions.add(Short.toUnsignedInt(body.getShort()));
        }
        return versions;
    }

    private io.fabric8.kubernetes.client.KubernetesClient client(int port, String ca) {
        return ClusterClient.inCluster(
                "https://localhost:" + port, account.resolve("token"), account.resolve(ca), "plexd/test");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, 0);
            exchange.getResponseBody().write(ANSWER.getBytes(UTF_8));
        }
    }
}
