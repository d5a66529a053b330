package io.nodeplane.runtime.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import jdk.net.UnixDomainPrincipal;

/**
 * One request; its body is read only when somebody asks for it, so that a caller can be refused before it has sent a
 * megabyte. Used by one thread.
 */
public final class HttpRequest {
    /** The connection under the request, which has to know when the body is on its way. */
    interface Wire {
        /** A body that takes no time, for requests that did not come over a connection. */
        Wire NONE = new Wire() {
            @Override
            public void bodyBegins(boolean asked) {}

            @Override
            public void bodyEnded() {}
        };

        /**
         * The body is read from now on.
         *
         * @param asked the client waits to be told that its body is welcome
         */
        void bodyBegins(boolean asked) throws IOException;

        /** The body is read. */
        void bodyEnded();
    }

    private final RequestHead head;
    private final Optional<UnixDomainPrincipal> peer;
    private final InputStream in;
    private final Wire wire;
    private boolean consumed;

    HttpRequest(RequestHead head, Optional<UnixDomainPrincipal> peer, InputStream in, Wire wire) {
        this.head = head;
        this.peer = peer;
        this.in = in;
        this.wire = wire;
        this.consumed = head.header("content-length").orElse("0").equals("0")
                && head.header("transfer-encoding").isEmpty();
    }

    /** A request that did not come over a wire, for tests of a {@link Site}. */
    public static HttpRequest of(RequestHead head, Optional<UnixDomainPrincipal> peer, InputStream body) {
        return new HttpRequest(head, peer, body, Wire.NONE);
    }

    /** Request line and headers. */
    public RequestHead head() {
        return head;
    }

    /** Who is at the other end; known for unix domain sockets only (SO_PEERCRED). */
    public Optional<UnixDomainPrincipal> peer() {
        return peer;
    }

    /** Whether nothing of the body is left on the connection. */
    boolean consumed() {
        return consumed;
    }

    /**
     * The whole body.
     *
     * @param limit bytes
     * @throws RefusedRequest 413 over the limit, 400 and 501 for a body whose end cannot be told
     */
    public byte[] body(int limit) throws RefusedRequest, IOException {
        if (consumed) {
            return new byte[0];
        }
        var encoding = head.header("transfer-encoding");
        var length = head.header("content-length");
        if (encoding.isPresent() && length.isPresent()) {
            throw new RefusedRequest(400, "Content-Length and Transfer-Encoding in one request");
        }
        if (encoding.isPresent() && !encoding.get().equalsIgnoreCase("chunked")) {
            throw new RefusedRequest(501, "only the transfer encoding chunked is known");
        }
        var announced = length.isPresent() ? announced(length.get(), limit) : 0;
        wire.bodyBegins(
                head.header("expect").filter("100-continue"::equalsIgnoreCase).isPresent());
        var body = encoding.isPresent() ? chunked(limit) : exactly(announced);
        wire.bodyEnded();
        consumed = true;
        return body;
    }

    private static int announced(String length, int limit) throws RefusedRequest {
        if (!length.matches("\\d{1,18}")) {
            throw new RefusedRequest(400, "Content-Length is no number");
        }
        if (Long.parseLong(length) > limit) {
            throw tooLarge(limit);
        }
        return Integer.parseInt(length);
    }

    private byte[] exactly(int length) throws IOException {
        var body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("connection ended within the body");
        }
        return body;
    }

    /** RFC 9112 section 7.1; extensions and trailers are skipped. */
    private byte[] chunked(int limit) throws IOException, RefusedRequest {
        var body = new ByteArrayOutputStream();
        while (true) {
            var size = line().split(";", 2)[0].strip();
            if (!size.matches("[0-9A-Fa-f]{1,7}")) {
                throw new RefusedRequest(400, "broken chunk in the request's body");
            }
            var length = Integer.parseInt(size, 16);
            if (length > limit - body.size()) {
                throw tooLarge(limit);
            }
            if (length == 0) {
                skipTrailers();
                return body.toByteArray();
            }
            body.write(exactly(length));
            if (!line().isEmpty()) {
                throw new RefusedRequest(400, "broken chunk in the request's body");
            }
        }
    }

    private void skipTrailers() throws IOException, RefusedRequest {
        for (var lines = 0; !line().isEmpty(); lines++) {
            if (lines > 16) {
                throw new RefusedRequest(431, "too many trailers");
            }
        }
    }

    private String line() throws IOException, RefusedRequest {
        var text = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection ended within the body");
            }
            if (text.length() > 256) {
                throw new RefusedRequest(400, "broken chunk in the request's body");
            }
            if (next != '\r') {
                text.append((char) next);
            }
        }
        return text.toString();
    }

    private static RefusedRequest tooLarge(int limit) {
        return new RefusedRequest(413, "request body over " + limit + " bytes");
    }
}
