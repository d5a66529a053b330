package io.nodeplane.runtime.health;

import io.nodeplane.runtime.http.HttpAnswer;
import io.nodeplane.runtime.http.HttpLimits;
import io.nodeplane.runtime.http.HttpListener;
import io.nodeplane.runtime.http.HttpRequest;
import io.nodeplane.runtime.lifecycle.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a few GET pages with the limits of {@link HttpLimits#SMALL} (protocol facts 10.6). Thread-safe. */
public final class HealthServer implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);

    private final InetSocketAddress listen;
    private final Map<String, Page> pages;
    private final ServerSocketChannel socket;
    private final HttpListener listener;

    /**
     * A server that does not listen yet.
     *
     * @param listen unresolved address; port 0 takes a free one
     * @param pages by path, for example {@code /healthz}
     */
    public HealthServer(InetSocketAddress listen, Map<String, Page> pages) throws IOException {
        this.listen = listen;
        this.pages = Map.copyOf(pages);
        this.socket = ServerSocketChannel.open();
        this.listener = new HttpListener("health", socket, this::answer, HttpLimits.SMALL);
    }

    @Override
    public String name() {
        return "health";
    }

    /** Binds; from then on pages are served. */
    @Override
    public void start() {
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(
                    new InetSocketAddress(InetAddress.getByName(listen.getHostString()), listen.getPort()),
                    HttpLimits.SMALL.connections());
            LOG.atInfo().addKeyValue("address", listener.address()).log("health listener bound");
        } catch (IOException taken) {
            throw new UncheckedIOException(
                    "health.listen " + listen + " cannot be bound: " + taken.getMessage(), taken);
        }
        listener.start();
    }

    /** The port that was bound. */
    public int port() {
        try {
            return listener.address() instanceof InetSocketAddress bound ? bound.getPort() : 0;
        } catch (IOException closed) {
            return 0;
        }
    }

    @Override
    public void close() {
        listener.close();
    }

    private HttpAnswer answer(HttpRequest request) {
        var head = request.head();
        var page = pages.get(head.path());
        if (page == null) {
            return HttpAnswer.text(404, "not found\n");
        }
        if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
            return HttpAnswer.text(405, "only GET and HEAD\n");
        }
        return answer(head.path(), page);
    }

    private static HttpAnswer answer(String path, Page page) {
        try {
            var answer = page.answer();
            return HttpAnswer.of(
                    answer.status(), answer.contentType(), answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException bug) {
            LOG.atError().addKeyValue("path", path).setCause(bug).log("health page failed");
            return HttpAnswer.text(500, "internal error\n");
        }
    }
}
