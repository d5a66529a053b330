package io.nodeplane.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.mockapi.Main;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The mock control plane as a process of its own, at one address for the whole run. For use by one thread, but for {@link #read}. */
final class ControlPlane implements Readings, AutoCloseable {
    /** Event streams that are open now. */
    static final String STREAMS = "streams";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI uri;
    private final Path log;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ObjectMapper mapper = new ObjectMapper();
    private volatile Process process;

    private ControlPlane(URI uri, Path log) throws IOException {
        this.uri = uri;
        this.log = log;
        this.process = launch();
        // Also after Ctrl-C: nobody else would end it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly(), "end-control-plane"));
    }

    /** Starts it, and waits until it answers. */
    static ControlPlane start(Path directory) throws IOException, InterruptedException {
        var plane =
                new ControlPlane(URI.create("http://127.0.0.1:" + freePort()), directory.resolve("control-plane.log"));
        plane.awaitAnswer();
        return plane;
    }

    URI uri() {
        return uri;
    }

    /** Takes it away as a crash does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Brings it back, with nothing remembered. */
    void restart() throws IOException, InterruptedException {
        process = launch();
        awaitAnswer();
    }

    /** The counters of the contract, and {@link #STREAMS}. */
    @Override
    public Map<String, Double> read() {
        var readings = new HashMap<String, Double>();
        try {
            get("/test/assertions").properties().forEach(counter -> {
                if (counter.getValue().isNumber()) {
                    readings.put(
                            counter.getKey().replace("_count", ""),
                            counter.getValue().asDouble());
                }
            });
            readings.put(STREAMS, get("/test/streams").path("open").asDouble());
        } catch (IOException away) {
            return Map.of();
        }
        return readings;
    }

    private JsonNode get(String path) throws IOException {
        var request = HttpRequest.newBuilder(uri.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return mapper.readTree(
                    client.send(request, BodyHandlers.ofByteArray()).body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private Process launch() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--strict",
                        "--addr",
                        "127.0.0.1:" + uri.getPort(),
                        "--tls-addr",
                        "127.0.0.1:0")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
                .start();
    }

    private void awaitAnswer() throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (read().isEmpty()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the control plane does not answer: see " + log);
            }
            Thread.sleep(100);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
    }
}
