package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.nodeplane.plexd.cluster.ClusterClient;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.nodestate.NodeStateMetrics;
import io.nodeplane.plexd.nodestate.NodeStateSync;
import io.nodeplane.plexd.nodestate.NodeStateTrial;
import io.nodeplane.plexd.report.ReportEntry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real informer and worker of the PlexdNodeState against a server that holds to no schema. */
@Timeout(120)
class LyingApiServerIT {
    private static final String GOOD = object("1", "{\"key\":\"good\",\"payload\":1}");

    private static final String END = "end of the watch";

    private final AtomicBoolean died = new AtomicBoolean();
    private final LinkedBlockingQueue<List<ReportEntry>> reports = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> watched = new LinkedBlockingQueue<>();
    private volatile String listed = GOOD;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void goesOnAfterEveryObjectOfTheCorpus() throws Exception {
        try (var client = ClusterClient.open(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://localhost:" + server.getAddress().getPort())
                        .build());
                var sync = sync(client)) {
            sync.start();
            assertEquals(List.of("good"), keys());

            listed = object("9", "{\"key\":\"last\"}");
            changes().forEach(watched::add);
            watched.add(END);
            awaitLast();

            assertFalse(died.get(), "the worker died");
        }
    }

    /** As a watch tells them, a line of JSON each; the client gives a watch up at the first that it cannot read, so those come last. */
    private static List<String> changes() throws Exception {
        var readable = new ArrayList<String>();
        var unreadable = new ArrayList<String>();
        for (var row : ObjectGroup.group().rows()) {
            try (var input = row.input().open()) {
                var object = new String(input.readAllBytes(), UTF_8);
                var named = object.replace(
                        "\"name\":\"node-n\"", "\"name\":\"node-n\",\"namespace\":\"plexd\",\"resourceVersion\":\"2\"");
                (isReadable(object) ? readable : unreadable).add("{\"type\":\"MODIFIED\",\"object\":" + named + "}\n");
            }
        }
        readable.addAll(unreadable);
        return readable;
    }

    private static boolean isReadable(String object) {
        try {
            var _ = NodeStateTrial.read(object);
            return true;
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    private void awaitLast() throws InterruptedException {
        var keys = keys();
        while (!keys.equals(List.of("last"))) {
            keys = keys();
        }
    }

    private List<String> keys() throws InterruptedException {
        var next = reports.poll(60, TimeUnit.SECONDS);
        assertTrue(next != null, "no reports within a minute");
        return next.stream().map(ReportEntry::key).toList();
    }

    private NodeStateSync sync(io.fabric8.kubernetes.client.KubernetesClient client) {
        var identity = new Identity(
                new NodeId("n"),
                "10.0.0.1",
                new SigningKey(Envelope.PUBLIC_KEY),
                new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));
        return NodeStateSync.over(
                client,
                "plexd",
                new NodeStateSync.Settings(identity, Optional.empty(), Duration.ofSeconds(1)),
                new Random(1),
                reports::add,
                new NodeStateMetrics(new PrometheusRegistry()),
                () -> died.set(true));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            var query = String.valueOf(exchange.getRequestURI().getQuery());
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseBody().write(listed.getBytes(UTF_8));
            } else if (query.contains("watch=true")) {
                watch(exchange);
            } else {
                exchange.getResponseBody()
                        .write(("{\"kind\":\"PlexdNodeStateList\",\"apiVersion\":\"plexd.plexsphere.com/v1alpha1\","
                                        + "\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[" + listed + "]}")
                                .getBytes(UTF_8));
            }
        }
    }

    /** The first watch gets every change and ends; later ones hear nothing until the test is over. */
    private void watch(HttpExchange exchange) throws IOException {
        try {
            for (var event = watched.take(); !event.equals(END); event = watched.take()) {
                exchange.getResponseBody().write(event.getBytes(UTF_8));
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            watched.clear();
        }
    }

    private static String object(String version, String report) {
        return "{\"apiVersion\":\"plexd.plexsphere.com/v1alpha1\",\"kind\":\"PlexdNodeState\",\"metadata\":{\"name\":\"node-n\","
                + "\"namespace\":\"plexd\",\"resourceVersion\":\"" + version
                + "\"},\"spec\":{\"nodeId\":\"n\"},\"status\":{\"report\":["
                + report + "]}}";
    }
}
