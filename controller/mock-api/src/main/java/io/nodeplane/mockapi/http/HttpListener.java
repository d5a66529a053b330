package io.nodeplane.mockapi.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening socket: reads requests, has them run on virtual threads, writes what comes back. Thread-safe. */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    /** Connections that wait for accept; a three-node cluster never gets near. */
    private static final int BACKLOG = 128;

    /** Without it a kept connection waits for a delayed ACK of 40 ms. Read once by the JDK's server class. */
    private static final String NODELAY = "sun.net.httpserver.nodelay";

    static {
        if (System.getProperty(NODELAY) == null) {
            System.setProperty(NODELAY, "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Dispatcher dispatcher;
    private final boolean tls;

    private HttpListener(HttpServer server, Dispatcher dispatcher, boolean tls) {
        this.server = server;
        this.dispatcher = dispatcher;
        this.tls = tls;
        var names =
                Thread.ofVirtual().name(tls ? "mock-api-tls-" : "mock-api-", 0).factory();
        this.threads = Executors.newThreadPerTaskExecutor(names);
    }

    /** A plain listener; {@link IOException} when the address is in use. */
    public static HttpListener plain(InetSocketAddress address, Dispatcher dispatcher) throws IOException {
        return new HttpListener(HttpServer.create(address, BACKLOG), dispatcher, false).started();
    }

    /** A TLS listener; {@link IOException} when the address is in use. */
    public static HttpListener tls(InetSocketAddress address, SSLContext context, Dispatcher dispatcher)
            throws IOException {
        var server = HttpsServer.create(address, BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new HttpListener(server, dispatcher, true).started();
    }

    private HttpListener started() {
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        return this;
    }

    /** The address it listens on, with the port that was taken. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            exchange(exchange);
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("path", exchange.getRequestURI().getRawPath())
                    .addKeyValue("reason", e.toString())
                    .log("client went away");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("path", exchange.getRequestURI().getRawPath())
                    .setCause(e)
                    .log("route failed");
        }
    }

    private void exchange(HttpExchange exchange) throws IOException, InterruptedException {
        Delivery delivery;
        try {
            delivery = dispatcher.deliver(RequestReader.read(exchange, tls));
        } catch (RefusedException e) {
            delivery = new Delivery.Whole(e.answer());
        }
        switch (delivery) {
            case Delivery.Whole(var answer) -> AnswerWriter.write(exchange, answer);
            case Delivery.Half(var answer) -> AnswerWriter.writeHalf(exchange, answer);
            case Delivery.Nothing() -> {
                // Closing the exchange without an answer closes the connection.
            }
        }
    }

    /** Stops listening and ends all exchanges at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
