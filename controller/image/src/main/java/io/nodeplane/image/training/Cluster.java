package io.nodeplane.image.training;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The cluster around an agent in training: an API server double and a kubelet that probes. Ends with 0 when the agent was ready and
 * has worked for a while after that, with 1 when it did not become ready.
 */
final class Cluster {
    private static final int API_PORT = 6443;
    private static final URI AGENT = URI.create("http://127.0.0.1:9101");

    /** Generous: the machine that builds may be busy, and a recording JVM is slow. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(5);

    /** Long enough for a heartbeat, the first flush of every pipeline and two rounds of the CRD sync at their defaults. */
    private static final Duration WORK = Duration.ofSeconds(20);

    private Cluster() {}

    /** Arguments: PKCS#12 file with the server's key, its password. */
    public static void main(String[] arguments) throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), API_PORT);
        var server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(Path.of(arguments[0]), arguments[1].toCharArray())));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", new ApiServer());
        server.start();
        System.exit(probe() ? 0 : 1);
    }

    private static boolean probe() throws InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var limit = Instant.now().plus(READY_LIMIT);
            while (!ask(client, "/readyz")) {
                if (Instant.now().isAfter(limit)) {
                    return false;
                }
                Thread.sleep(Duration.ofSeconds(1));
            }
            var end = Instant.now().plus(WORK);
            while (Instant.now().isBefore(end)) {
                ask(client, "/healthz");
                ask(client, "/metrics");
                Thread.sleep(Duration.ofSeconds(2));
            }
            return true;
        }
    }

    private static boolean ask(HttpClient client, String path) throws InterruptedException {
        var request = HttpRequest.newBuilder(AGENT.resolve(path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            System.out.println(path + " " + answer.statusCode() + (path.equals("/readyz") ? " " + answer.body() : ""));
            return answer.statusCode() == 200;
        } catch (IOException notYet) {
            System.out.println(path + " " + notYet);
            return false;
        }
    }

    private static SSLContext tls(Path keys, char[] password) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(keys)) {
            store.load(file, password);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
