package io.nodeplane.image.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/**
 * The little of an API server that an agent in training asks for: list, watch, get, and any write, which it takes as the whole object.
 * It only has to make the agent load its classes; what a real API server answers is tested against a real one.
 */
final class ApiServer implements HttpHandler {
    private static final String BASE = "/apis/plexd.plexsphere.com/v1alpha1/namespaces/plexd-system/plexdnodestates";
    /** What the agent lists and watches besides, without finding anything: path, group and version, kind. */
    private static final Map<String, List<String>> OTHERS = Map.of(
            "/apis/plexd.plexsphere.com/v1alpha1/namespaces/plexd-system/plexdhooks",
            List.of("plexd.plexsphere.com/v1alpha1", "PlexdHook"),
            "/apis/batch/v1/namespaces/plexd-system/jobs",
            List.of("batch/v1", "Job"));

    private static final Pattern OBJECT = Pattern.compile(Pattern.quote(BASE) + "/([^/]+)(/status)?");
    private static final Pattern METADATA = Pattern.compile("\"metadata\"\\s*:\\s*\\{");
    private static final String NOT_FOUND = """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"NotFound","code":404}\
        """;

    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private final CountDownLatch written = new CountDownLatch(1);

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var query = String.valueOf(exchange.getRequestURI().getQuery());
            var object = OBJECT.matcher(path);
            if (object.matches()) {
                one(exchange, object.group(1));
            } else if (OTHERS.containsKey(path)) {
                other(exchange, query, OTHERS.get(path));
            } else if (!path.equals(BASE)) {
                answer(exchange, 404, NOT_FOUND);
            } else if (query.contains("watch=true")) {
                watch(exchange);
            } else {
                answer(exchange, 200, list());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void other(HttpExchange exchange, String query, List<String> kind)
            throws IOException, InterruptedException {
        if (query.contains("watch=true")) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            Thread.sleep(Long.MAX_VALUE);
        }
        answer(
                exchange,
                200,
                "{\"kind\":\"" + kind.getLast() + "List\",\"apiVersion\":\"" + kind.getFirst()
                        + "\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}");
    }

    private void one(HttpExchange exchange, String name) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            var object = objects.get(name);
            answer(exchange, object == null ? 404 : 200, object == null ? NOT_FOUND : object);
            return;
        }
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var stored = METADATA.matcher(body)
                .replaceFirst("\"metadata\":{\"uid\":\"training\",\"resourceVersion\":\"2\",\"generation\":1,");
        objects.put(name, stored);
        answer(exchange, 200, stored);
        written.countDown();
    }

    private String list() {
        return "{\"kind\":\"PlexdNodeStateList\",\"apiVersion\":\"plexd.plexsphere.com/v1alpha1\","
                + "\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[" + String.join(",", objects.values()) + "]}";
    }

    /** Sends the first object that is written, then stays open until the agent goes. */
    private void watch(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        written.await();
        for (var object : objects.values()) {
            var event = "{\"type\":\"ADDED\",\"object\":" + object + "}\n";
            exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseBody().flush();
        Thread.sleep(Long.MAX_VALUE);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
