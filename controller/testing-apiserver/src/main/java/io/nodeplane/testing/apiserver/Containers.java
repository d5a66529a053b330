package io.nodeplane.testing.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * The two containers. They are run by the images' programs with our own arguments, so that published images and images built
 * from packages behave alike. Sources: etcd and kube-apiserver command line references.
 */
final class Containers {
    static final int API_PORT = 6443;
    static final String CERTIFICATE = "/var/run/kubernetes/apiserver.crt";

    private static final int ETCD_PORT = 2379;
    private static final String ACCOUNT_KEY = "/etc/nodeplane/service-account.key";
    private static final String TOKENS = "/etc/nodeplane/tokens.csv";

    /** Two busy cores are slow to start it; on an idle machine it takes about five seconds. */
    private static final Duration START = Duration.ofMinutes(4);

    private Containers() {}

    /** An etcd that keeps its data for the life of the container. */
    static GenericContainer<?> etcd() {
        return new GenericContainer<>(image("nodeplane.etcd.image"))
                .withLabels(Leftovers.labels())
                .withExposedPorts(ETCD_PORT)
                .withCreateContainerCmdModifier(command -> command.withEntrypoint("etcd"))
                .withCommand(
                        "--data-dir=/tmp/etcd",
                        "--listen-client-urls=http://0.0.0.0:" + ETCD_PORT,
                        "--advertise-client-urls=http://0.0.0.0:" + ETCD_PORT,
                        "--unsafe-no-fsync")
                .waitingFor(Wait.forLogMessage(".*ready to serve client requests.*", 1)
                        .withStartupTimeout(START));
    }

    /**
     * A kube-apiserver on a fixed port of the loopback device, so that it has the same address after a restart. No
     * controller runs: the admission plugin that waits for default service accounts is off, and deleted namespaces stay.
     */
    static GenericContainer<?> apiServer(GenericContainer<?> etcd, String adminToken) {
        var server = new GenericContainer<>(image("nodeplane.apiserver.image"))
                .withLabels(Leftovers.labels())
                .withExposedPorts(API_PORT)
                .withCopyToContainer(Transferable.of(newPrivateKey()), ACCOUNT_KEY)
                .withCopyToContainer(Transferable.of(adminToken + ",admin,admin,\"system:masters\"\n"), TOKENS)
                .withCreateContainerCmdModifier(command -> command.withEntrypoint("kube-apiserver"))
                .withCommand(
                        "--etcd-servers=http://" + address(etcd) + ":" + ETCD_PORT,
                        "--secure-port=" + API_PORT,
                        "--cert-dir=/var/run/kubernetes",
                        "--token-auth-file=" + TOKENS,
                        "--authorization-mode=RBAC",
                        "--disable-admission-plugins=ServiceAccount",
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-signing-key-file=" + ACCOUNT_KEY,
                        "--service-account-key-file=" + ACCOUNT_KEY,
                        "--service-cluster-ip-range=10.0.0.0/24")
                .waitingFor(Wait.forHttps("/readyz")
                        .forPort(API_PORT)
                        .allowInsecure()
                        .withStartupTimeout(START));
        server.setPortBindings(List.of("127.0.0.1:" + freePort() + ":" + API_PORT));
        return server;
    }

    /** Address in the default bridge network. It stays as long as the container runs. */
    private static String address(GenericContainer<?> container) {
        return container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
                .map(network -> network.getIpAddress())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("container in no network: " + container.getContainerName()));
    }

    private static DockerImageName image(String property) {
        var name = System.getProperty(property);
        if (name == null) {
            throw new IllegalStateException("system property " + property + " is not set: the build sets it for *IT");
        }
        return DockerImageName.parse(name);
    }

    private static String newPrivateKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var key = generator.generateKeyPair().getPrivate().getEncoded();
            var body = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(key);
            return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java run time has no RSA", missing);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException("no free port on the loopback device", noPort);
        }
    }
}
