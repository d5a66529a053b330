package io.nodeplane.runtime.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: one request, one answer, the end. */
final class HttpExchange {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    /** Sent by clients that want to know whether the body is welcome (RFC 9110 section 10.1.1). */
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    /** The longest wait for the site itself; actions may run for minutes, and the site has its own limits. */
    private static final Duration SITE = Duration.ofHours(1);

    /** What is left of a refused body is read away, because closing over unread bytes would take the answer with it. */
    private static final int DRAIN_BYTES = 2 << 20;

    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final SocketChannel connection;
    private final Site site;
    private final HttpLimits limits;
    private final Deadline deadline;

    HttpExchange(SocketChannel connection, Site site, HttpLimits limits, Deadline deadline) {
        this.connection = connection;
        this.site = site;
        this.limits = limits;
        this.deadline = deadline;
    }

    void serve() throws IOException, InterruptedException {
        var in = new BufferedInputStream(Channels.newInputStream(connection), 2048);
        deadline.in(limits.header());
        try {
            var head = RequestHead.read(in, limits.headerBytes());
            var request = new HttpRequest(head, peer(), in, wire());
            var answer = answer(request);
            finish(in, answer, !head.method().equals("HEAD"), request.consumed());
        } catch (RefusedRequest broken) {
            finish(in, site.refusal(broken.status(), broken.reason()), true, false);
        }
    }

    private HttpAnswer answer(HttpRequest request) throws IOException, InterruptedException {
        deadline.in(SITE);
        try {
            return site.answer(request);
        } catch (RefusedRequest refused) {
            var answer = site.refusal(refused.status(), refused.reason());
            return refused.headers().isEmpty() ? answer : answer.with(refused.headers());
        } catch (RuntimeException bug) {
            LOG.atError()
                    .addKeyValue("path", request.head().path())
                    .setCause(bug)
                    .log("request failed");
            return site.refusal(500, "internal error");
        }
    }

    private HttpRequest.Wire wire() {
        return new HttpRequest.Wire() {
            @Override
            public void bodyBegins(boolean asked) throws IOException {
                deadline.in(limits.body());
                if (asked) {
                    write(CONTINUE);
                }
            }

            @Override
            public void bodyEnded() {
                deadline.in(SITE);
            }
        };
    }

    private Optional<UnixDomainPrincipal> peer() throws IOException {
        // A TCP connection has no such option, and asking for it would throw.
        return connection.getLocalAddress() instanceof java.net.UnixDomainSocketAddress
                ? Optional.of(connection.getOption(ExtendedSocketOptions.SO_PEERCRED))
                : Optional.empty();
    }

    private void finish(InputStream in, HttpAnswer answer, boolean withBody, boolean consumed) throws IOException {
        deadline.in(limits.answer());
        write(answer.head());
        if (withBody) {
            write(answer.body());
        }
        connection.shutdownOutput();
        if (!consumed) {
            deadline.in(DRAIN);
            drain(in);
        }
    }

    private static void drain(InputStream in) throws IOException {
        var buffer = new byte[8192];
        for (var left = DRAIN_BYTES; left > 0; ) {
            var read = in.read(buffer);
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }

    private void write(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            connection.write(buffer);
        }
    }
}
