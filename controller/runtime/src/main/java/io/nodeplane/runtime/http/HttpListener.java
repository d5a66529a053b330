package io.nodeplane.runtime.http;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and serves one request on each.
 *
 * <p>Own, because the JDK's server takes its limits for the whole process from system properties only, keeps connections
 * alive, knows no unix domain sockets, and costs a module more in the image. Thread-safe.
 */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    /** A process without file descriptors would otherwise spin in accept. */
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(200);

    private final String name;
    private final ServerSocketChannel socket;
    private final Site site;
    private final HttpLimits limits;
    private final Semaphore room;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    /**
     * A listener that accepts nothing yet.
     *
     * @param name of its threads and in its log lines, for example {@code health}
     * @param socket bound; closed with the listener
     */
    public HttpListener(String name, ServerSocketChannel socket, Site site, HttpLimits limits) {
        this.name = name;
        this.socket = socket;
        this.site = site;
        this.limits = limits;
        this.room = new Semaphore(limits.connections());
    }

    /** Serves from now on. */
    public void start() {
        Thread.ofVirtual().name(name).start(this::acceptAll);
    }

    /** Where it listens. */
    public SocketAddress address() throws IOException {
        return socket.getLocalAddress();
    }

    /** Stops at once; requests under way are cut. */
    @Override
    public void close() {
        stopAccepting();
        open.forEach(HttpListener::cut);
    }

    /** Stops accepting, gives the requests under way this long, and cuts the rest. */
    public void close(Duration grace) {
        stopAccepting();
        try {
            if (room.tryAcquire(limits.connections(), grace.toMillis(), TimeUnit.MILLISECONDS)) {
                room.release(limits.connections());
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        open.forEach(HttpListener::cut);
    }

    private void stopAccepting() {
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            LOG.atDebug().addKeyValue("listener", name).setCause(closedAnyway).log("listener closed with an error");
        }
    }

    private void acceptAll() {
        while (socket.isOpen()) {
            try {
                accept(socket.accept());
            } catch (IOException failed) {
                if (!socket.isOpen()) {
                    return;
                }
                LOG.atWarn().addKeyValue("listener", name).setCause(failed).log("listener cannot accept");
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ACCEPT_PAUSE);
        } catch (InterruptedException nobodyInterruptsThisThread) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(SocketChannel connection) throws IOException {
        if (!room.tryAcquire()) {
            site.turnedAway();
            connection.close();
            return;
        }
        open.add(connection);
        Thread.ofVirtual().name(name + "-connection").start(() -> serve(connection));
    }

    private void serve(SocketChannel connection) {
        try (connection;
                var deadline = new Deadline(name, connection, limits.header())) {
            new HttpExchange(connection, site, limits, deadline).serve();
        } catch (IOException gone) {
            LOG.atDebug().addKeyValue("listener", name).setCause(gone).log("connection ended early");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
            room.release();
        }
    }

    private static void cut(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException goneAnyway) {
            LOG.atDebug().setCause(goneAnyway).log("connection closed with an error");
        }
    }
}
