package io.nodeplane.runtime.health;

import io.nodeplane.runtime.lifecycle.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a few GET pages: one request per connection, at most 64 connections, headers of at most 8 KiB within 5 s
 * (protocol facts 10.6).
 *
 * <p>Own, because the JDK's server takes these limits for the whole process from system properties only, keeps connections
 * alive, and costs a module more in the image. Thread-safe.
 */
public final class HealthServer implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
    private static final int MAX_CONNECTIONS = 64;

    private final InetSocketAddress listen;
    private final Map<String, Page> pages;
    private final Semaphore room = new Semaphore(MAX_CONNECTIONS);
    private final ServerSocket socket;

    /**
     * A server that does not listen yet.
     *
     * @param listen unresolved address; port 0 takes a free one
     * @param pages by path, for example {@code /healthz}
     */
    public HealthServer(InetSocketAddress listen, Map<String, Page> pages) throws IOException {
        this.listen = listen;
        this.pages = Map.copyOf(pages);
        this.socket = new ServerSocket();
    }

    @Override
    public String name() {
        return "health";
    }

    /** Binds; from then on pages are served. */
    @Override
    public void start() {
        try {
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(InetAddress.getByName(listen.getHostString()), listen.getPort()),
                    MAX_CONNECTIONS);
        } catch (IOException taken) {
            throw new UncheckedIOException(
                    "health.listen " + listen + " cannot be bound: " + taken.getMessage(), taken);
        }
        LOG.atInfo().addKeyValue("address", socket.getLocalSocketAddress()).log("health listener bound");
        Thread.ofVirtual().name("health").start(this::acceptAll);
    }

    /** The port that was bound. */
    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            LOG.atDebug().setCause(closedAnyway).log("health listener closed with an error");
        }
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            try {
                accept(socket.accept());
            } catch (IOException failed) {
                if (!socket.isClosed()) {
                    LOG.atWarn().setCause(failed).log("health listener cannot accept");
                }
            }
        }
    }

    private void accept(Socket connection) throws IOException {
        if (!room.tryAcquire()) {
            connection.close();
            return;
        }
        Thread.ofVirtual().name("health-connection").start(() -> {
            try (connection) {
                HealthExchange.serve(connection, pages);
            } catch (IOException gone) {
                LOG.atDebug().setCause(gone).log("health connection ended early");
            } finally {
                room.release();
            }
        });
    }
}
