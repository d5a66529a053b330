package io.nodeplane.plexd.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on loopback that gives one prepared answer and keeps what it was sent. */
final class CannedServer implements AutoCloseable {
    /** One request as it arrived; header names in lower case. */
    record Seen(String method, String path, Map<String, List<String>> headers, byte[] body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Writes the answer. */
    interface Answerer {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final String scheme;

    private CannedServer(HttpServer server, String scheme, Answerer answerer) {
        this.server = server;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                seen.add(new Seen(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getRawPath(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        exchange.getRequestBody().readAllBytes()));
                answerer.answer(exchange);
            }
        });
        server.start();
    }

    static CannedServer start(Answerer answerer) throws IOException {
        return over(HttpServer.create(loopback(), 0), "http", answerer);
    }

    static CannedServer over(HttpServer server, String scheme, Answerer answerer) {
        return new CannedServer(server, scheme, answerer);
    }

    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Answers every request with the same status, headers and body. */
    static Answerer fixed(int status, Map<String, String> headers, byte[] body) {
        return exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        };
    }

    ApiConfig config() {
        return config(false);
    }

    ApiConfig config(boolean insecure) {
        var base = URI.create(scheme + "://localhost:" + server.getAddress().getPort());
        return new ApiConfig(base, insecure, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    List<Seen> seen() {
        return seen;
    }

    Seen last() {
        return seen.getLast();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
