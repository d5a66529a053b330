package io.nodeplane.plexd.nodeapi;

import io.nodeplane.plexd.nodeapi.access.BearerDoor;
import io.nodeplane.plexd.nodeapi.access.Door;
import io.nodeplane.plexd.nodeapi.access.Gate;
import io.nodeplane.plexd.nodeapi.access.SocketDoor;
import io.nodeplane.plexd.nodeapi.access.TokenFile;
import io.nodeplane.plexd.nodeapi.access.UnixAccounts;
import io.nodeplane.plexd.nodeapi.routes.RouteTable;
import io.nodeplane.plexd.nodeapi.services.Services;
import io.nodeplane.plexd.tokenreview.AccessReviews;
import io.nodeplane.plexd.tokenreview.TokenReviewAuthenticator;
import io.nodeplane.runtime.http.HttpLimits;
import io.nodeplane.runtime.http.HttpListener;
import io.nodeplane.runtime.http.Site;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Sleeper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two listeners of the node API (protocol facts 7). A place that cannot be bound costs the node nothing else: it is told
 * once and tried again, for example while the agent of before is still going. Thread-safe.
 */
public final class NodeApi implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(NodeApi.class);

    /** Local callers are few; a report of 1 MiB on each must not be more than the heap bears. */
    private static final HttpLimits LIMITS = HttpLimits.SMALL.withConnections(32);

    private static final Duration BIND_AGAIN = Duration.ofSeconds(5);

    /** What the API server is asked about callers; empty outside Kubernetes. */
    public record Cluster(TokenReviewAuthenticator authenticator, AccessReviews reviews) {}

    private final NodeApiConfig config;
    private final Sleeper sleeper;
    private final List<Listening> places = new ArrayList<>();
    private final Worker worker;

    /**
     * A node API that is not started.
     *
     * @param onDeath told when the worker dies of a bug
     */
    public NodeApi(
            NodeApiConfig config,
            Services services,
            Optional<Cluster> cluster,
            Sleeper sleeper,
            NodeApiMetrics metrics,
            Runnable onDeath) {
        this.config = config;
        this.sleeper = sleeper;
        var routes = new RouteTable(
                services, new SocketDoor(new UnixAccounts(UnixAccounts.GROUP_FILE)), new Gate(Optional.empty()));
        places.add(new Listening("node-api-socket", () -> Bound.socket(config), metrics.counted("socket", routes)));
        if (config.httpEnabled()) {
            var behindBearer = routes.behind(door(config, cluster), new Gate(cluster.map(Cluster::reviews)));
            places.add(new Listening("node-api-http", () -> Bound.tcp(config), metrics.counted("http", behindBearer)));
        }
        this.worker = new Worker(name(), this::bindAll, onDeath);
    }

    private static Door door(NodeApiConfig config, Optional<Cluster> cluster) {
        var file = config.httpTokenFile().map(TokenFile::new);
        // Tells at the start what would otherwise show with the first caller.
        file.ifPresent(TokenFile::isUsable);
        return new BearerDoor(file, cluster.map(Cluster::authenticator));
    }

    @Override
    public String name() {
        return "node-api";
    }

    @Override
    public void start() {
        places.forEach(Listening::tryToBind);
        worker.start();
    }

    /** Where it listens now; empty while the place cannot be bound. */
    public Optional<SocketAddress> socketAddress() {
        return places.getFirst().address();
    }

    /** Where it listens over TCP; empty when it does not. */
    public Optional<SocketAddress> httpAddress() {
        return places.size() < 2 ? Optional.empty() : places.getLast().address();
    }

    @Override
    public void close() {
        worker.close();
        var closing = places.stream()
                .map(place ->
                        Thread.ofVirtual().name("close-node-api").start(() -> place.close(config.shutdownTimeout())))
                .toList();
        try {
            for (var thread : closing) {
                thread.join();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void bindAll() throws InterruptedException {
        while (places.stream().anyMatch(place -> !place.isBound())) {
            sleeper.sleep(BIND_AGAIN);
            places.forEach(Listening::tryToBind);
        }
    }

    @FunctionalInterface
    private interface Binding {
        Bound bind() throws IOException;
    }

    /** A bound socket and what has to be undone with it. */
    private record Bound(ServerSocketChannel channel, Runnable undo) {
        static Bound socket(NodeApiConfig config) throws IOException {
            var file = SocketFile.bind(config.socketPath());
            return new Bound(file.channel(), file::close);
        }

        static Bound tcp(NodeApiConfig config) throws IOException {
            var listen = config.httpListen();
            var channel = ServerSocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(
                        new InetSocketAddress(InetAddress.getByName(listen.getHostString()), listen.getPort()),
                        LIMITS.connections());
                return new Bound(channel, () -> {});
            } catch (IOException taken) {
                channel.close();
                throw new IOException(
                        "node_api.http_listen " + listen.getHostString() + ":" + listen.getPort() + ": "
                                + taken.getMessage(),
                        taken);
            }
        }
    }

    /** One place to listen on, bound or not yet. */
    private static final class Listening {
        private final String name;
        private final Binding binding;
        private final Site site;
        private boolean told;
        private boolean closed;
        private Optional<HttpListener> listener = Optional.empty();
        private Optional<Bound> bound = Optional.empty();

        Listening(String name, Binding binding, Site site) {
            this.name = name;
            this.binding = binding;
            this.site = site;
        }

        synchronized boolean isBound() {
            return listener.isPresent();
        }

        synchronized Optional<SocketAddress> address() {
            try {
                return listener.isPresent() ? Optional.of(listener.get().address()) : Optional.empty();
            } catch (IOException closedMeanwhile) {
                return Optional.empty();
            }
        }

        synchronized void tryToBind() {
            if (closed || listener.isPresent()) {
                return;
            }
            try {
                var fresh = binding.bind();
                bound = Optional.of(fresh);
                var serving = new HttpListener(name, fresh.channel(), site, LIMITS);
                listener = Optional.of(serving);
                serving.start();
                LOG.atInfo()
                        .addKeyValue("listener", name)
                        .addKeyValue("address", serving.address())
                        .log("node API listens");
            } catch (IOException | UnsupportedOperationException failed) {
                tell(failed);
            }
        }

        private void tell(Exception failed) {
            if (!told) {
                told = true;
                LOG.atWarn()
                        .addKeyValue("listener", name)
                        .addKeyValue("reason", failed.toString())
                        .log("node API cannot listen, will retry");
            }
        }

        void close(Duration grace) {
            Optional<HttpListener> serving;
            Optional<Bound> place;
            synchronized (this) {
                closed = true;
                serving = listener;
                place = bound;
            }
            serving.ifPresent(running -> running.close(grace));
            place.ifPresent(held -> held.undo().run());
        }
    }
}
