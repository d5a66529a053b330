package io.nodeplane.plexd.nodeapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.nodeapi.NodeApi.Cluster;
import io.nodeplane.plexd.tokenreview.AccessReviews.Deed;
import io.nodeplane.plexd.tokenreview.TokenReviewAuthenticator;
import io.nodeplane.plexd.tokenreview.TokenReviewResult;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both listeners for real; the API server behind the TCP one is tested in KubernetesReviewsIT. */
class NodeApiIT {
    @TempDir
    Path directory;

    private InMemoryNode node;
    private Optional<NodeApi> running = Optional.empty();

    @BeforeEach
    void open() throws Exception {
        node = new InMemoryNode(directory.resolve("data"));
        node.state = InMemoryNode.STATE;
        node.served.fetch();
        Files.writeString(directory.resolve("token"), "sesame");
    }

    @AfterEach
    void stop() {
        running.ifPresent(NodeApi::close);
    }

    @Test
    void theSocketKnowsItsCallerAndHasItsMode() throws Exception {
        var api = start();

        var secret = ask(socket(), "GET /v1/state/secrets/certs%2Fca HTTP/1.1\r\n\r\n");
        var isRoot = System.getProperty("user.name").equals("root");
        assertTrue(secret.startsWith(isRoot ? "HTTP/1.1 200 " : "HTTP/1.1 403 "), secret);
        assertEquals(
                "rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("run/s"))));
        assertEquals(
                "rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("run"))));

        api.close();
        assertFalse(Files.exists(directory.resolve("run/s")));
    }

    @Test
    void aReportGoesThroughTheSocketAndIsReadOverTcp() throws Exception {
        var api = start();
        var body = "{\"content_type\":\"text/plain\",\"payload\":\"full\"}";

        var put = ask(
                socket(),
                "PUT /v1/state/report/disk HTTP/1.1\r\nIf-Match: 0\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body);
        var get = ask(http(api), "GET /v1/state/report/disk HTTP/1.1\r\nAuthorization: Bearer sesame\r\n\r\n");

        assertTrue(put.startsWith("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"), put);
        assertTrue(get.contains("\"payload\":\"full\",\"version\":1"), get);
    }

    @Test
    void tcpLetsInWhoHasABearerOnly() throws Exception {
        var api = start();

        var none = ask(http(api), "GET /v1/state HTTP/1.1\r\n\r\n");
        assertTrue(none.startsWith("HTTP/1.1 401 ") && none.contains("WWW-Authenticate: Bearer\r\n"), none);
        assertTrue(none.endsWith("{\"error\":\"unauthorized\"}\n"), none);
        assertTrue(asBearer(api, "wrong", "GET /v1/state").startsWith("HTTP/1.1 401 "));
        assertTrue(asBearer(api, "sesame", "GET /v1/state/secrets/certs%2Fca").contains("the plain text"));
        assertTrue(asBearer(api, "account", "GET /v1/state").startsWith("HTTP/1.1 200 "));
        assertTrue(asBearer(api, "account", "GET /v1/state/secrets").startsWith("HTTP/1.1 403 "));
    }

    @Test
    void anAccountRunsOnlyTheActionThatARuleNames() throws Exception {
        var api = start();

        assertTrue(run(api, "system.info").startsWith("HTTP/1.1 200 "));
        assertTrue(run(api, "service.restart").startsWith("HTTP/1.1 403 "));
    }

    @Test
    void takesThePlaceOfAnAgentThatWasKilledButNotOfALivingOne() throws Exception {
        Files.createDirectories(directory.resolve("run"));
        var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(socket());

        var api = start();
        assertEquals(Optional.empty(), api.socketAddress());
        // Closing leaves the file behind, as a kill does.
        other.close();

        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (api.socketAddress().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertTrue(ask(socket(), "GET /v1/peers HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 200 "));
    }

    @Test
    void leavesAFileAloneThatIsNoSocket() throws Exception {
        Files.createDirectories(directory.resolve("run"));
        Files.writeString(directory.resolve("run/s"), "precious");

        var api = start();

        assertEquals(Optional.empty(), api.socketAddress());
        api.close();
        assertEquals("precious", Files.readString(directory.resolve("run/s")));
    }

    private NodeApi start() {
        var config = new NodeApiConfig(
                directory.resolve("run/s"),
                true,
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                Optional.of(directory.resolve("token")),
                List.of(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
        var account = new TokenReviewResult(true, "account", "u", List.of(), List.of());
        var authenticator = new TokenReviewAuthenticator(
                (token, _) -> {
                    if (token.equals("account")) {
                        return account;
                    }
                    throw new ClusterFault(ClusterFault.Kind.REFUSED, "invalid", null);
                },
                List.of(),
                InstantSource.system());
        var cluster =
                new Cluster(authenticator, (_, deed) -> deed.equals(new Deed("nodeactions", "run", "system.info")));
        var api = new NodeApi(
                config,
                node.services(),
                Optional.of(cluster),
                pause -> Thread.sleep(pause.dividedBy(100)),
                new NodeApiMetrics(new PrometheusRegistry()),
                () -> {});
        api.start();
        running = Optional.of(api);
        return api;
    }

    private static String run(NodeApi api, String action) throws IOException {
        var body = "{\"action\":\"" + action + "\"}";
        return ask(
                http(api),
                "POST /v1/actions/run HTTP/1.1\r\nAuthorization: Bearer account\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body);
    }

    private static String asBearer(NodeApi api, String token, String request) throws IOException {
        return ask(http(api), request + " HTTP/1.1\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }

    private SocketAddress socket() {
        return UnixDomainSocketAddress.of(directory.resolve("run/s"));
    }

    private static SocketAddress http(NodeApi api) {
        var bound = (InetSocketAddress) api.httpAddress().orElseThrow();
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort());
    }

    private static String ask(SocketAddress address, String request) throws IOException {
        try (var connection = SocketChannel.open(address)) {
            Channels.newOutputStream(connection).write(request.getBytes(StandardCharsets.UTF_8));
            return new String(Channels.newInputStream(connection).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
