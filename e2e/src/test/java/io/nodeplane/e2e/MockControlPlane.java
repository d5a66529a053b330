package io.nodeplane.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The mock control plane's test routes, through {@code kubectl port-forward} (seed "Kubernetes E2E Test", phase 6). */
final class MockControlPlane implements AutoCloseable {
    private static final Pattern FORWARDING = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String namespace;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private @Nullable Process forward;
    private int port;

    /** The mock of a namespace; nothing is forwarded yet. */
    MockControlPlane(String namespace) {
        this.namespace = namespace;
    }

    /** The counters of the seed's assertion logic. */
    JsonNode assertions() throws IOException, InterruptedException {
        return JSON.readTree(get("/test/assertions"));
    }

    long count(String counter) throws IOException, InterruptedException {
        return assertions().path(counter).asLong();
    }

    JsonNode lastRequest(String endpoint) throws IOException, InterruptedException {
        return JSON.readTree(get("/test/last-request/" + endpoint));
    }

    /** Requests to an endpoint after a sequence number. */
    JsonNode requests(String endpoint, long since) throws IOException, InterruptedException {
        return JSON.readTree(get("/test/requests/" + endpoint + "?since=" + since));
    }

    /** Records of metrics, logs or audit that contain a text. */
    JsonNode records(String endpoint, String text) throws IOException, InterruptedException {
        return JSON.readTree(
                get("/test/records/" + endpoint + "?contains=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
    }

    JsonNode nodes() throws IOException, InterruptedException {
        return JSON.readTree(get("/test/nodes"));
    }

    /** What was refused in strict mode, with the reason. */
    JsonNode refusals() throws IOException, InterruptedException {
        return JSON.readTree(get("/test/refusals"));
    }

    /** Counts numbered records exactly: pattern with one group around the number. */
    void tally(String name, String endpoint, String pattern) throws IOException, InterruptedException {
        var body = JSON.createObjectNode().put("endpoint", endpoint).put("pattern", pattern);
        send("PUT", "/test/tallies/" + name, body.toString());
    }

    JsonNode tally(String name) throws IOException, InterruptedException {
        return JSON.readTree(get("/test/tallies/" + name));
    }

    /** Cuts every call of an agent for a time. */
    void outage(Duration duration) throws IOException, InterruptedException {
        send("POST", "/test/outage", "{\"duration\":\"" + duration.toSeconds() + "s\"}");
    }

    /** Sends one node a signed request to run an action. */
    void request(String nodeId, String executionId, String action) throws IOException, InterruptedException {
        var event = JSON.createObjectNode()
                .put("event_type", "action_request")
                .put("event_id", UUID.randomUUID().toString())
                .put("nonce", UUID.randomUUID().toString());
        event.putObject("payload")
                .put("execution_id", executionId)
                .put("action", action)
                .put("timeout", "20s");
        send("POST", "/test/inject-event?node=" + URLEncoder.encode(nodeId, StandardCharsets.UTF_8), event.toString());
    }

    /** Gives one node an execution of a built-in action to pull, and tells all that there is something to pull. Contract of 2026. */
    void wish(String nodeId, String executionId, String action) throws IOException, InterruptedException {
        var state = JSON.createObjectNode();
        state.putArray("executions")
                .addObject()
                .put("execution_id", executionId)
                .put("action", action)
                .put("type", "builtin")
                .put("requested_at", Instant.now().toString())
                .put("expires_at", Instant.now().plus(Duration.ofHours(1)).toString());
        send("POST", "/test/configure-executions?node=" + nodeId, state.toString());
        var event =
                JSON.createObjectNode().put("id", UUID.randomUUID().toString()).put("type", "action_request");
        send("POST", "/test/inject-event", event.toString());
    }

    private String get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + forwardedPort() + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + " answers " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** A port-forward ends with its pod, so it is started again when it is gone. */
    private synchronized int forwardedPort() throws IOException {
        if (forward != null && forward.isAlive()) {
            return port;
        }
        forward = new ProcessBuilder(
                        "kubectl", "-n", namespace, "port-forward", "--address=127.0.0.1", "service/mock-api", ":8080")
                .redirectErrorStream(true)
                .start();
        var output = new BufferedReader(new InputStreamReader(forward.getInputStream(), StandardCharsets.UTF_8));
        var line = output.readLine();
        var matcher = FORWARDING.matcher(line == null ? "" : line);
        if (!matcher.find()) {
            throw new IOException("port-forward to service/mock-api failed: " + line);
        }
        port = Integer.parseInt(matcher.group(1));
        // Its messages must not fill the pipe.
        Thread.ofVirtual().name("port-forward").start(() -> output.lines().forEach(ignored -> {}));
        return port;
    }

    @Override
    public synchronized void close() {
        if (forward != null) {
            forward.destroy();
        }
    }
}
