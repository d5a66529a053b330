package io.nodeplane.runtime.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer (RFC 9112, as far as a GET without a body needs it). */
final class HealthExchange {
    private static final Logger LOG = LoggerFactory.getLogger(HealthExchange.class);
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final Duration HEADER_LIMIT = Duration.ofSeconds(5);

    private HealthExchange() {}

    static void serve(Socket connection, Map<String, Page> pages) throws IOException {
        var header = header(connection);
        if (header.isEmpty()) {
            write(connection, Page.Answer.text(431, "request header over 8 KiB\n"), true);
            return;
        }
        var requestLine = header.get().lines().findFirst().orElse("").split(" ", -1);
        if (requestLine.length != 3 || !requestLine[2].startsWith("HTTP/1.")) {
            write(connection, Page.Answer.text(400, "no HTTP/1 request\n"), true);
            return;
        }
        write(connection, answer(requestLine[0], requestLine[1], pages), !requestLine[0].equals("HEAD"));
    }

    private static Page.Answer answer(String method, String target, Map<String, Page> pages) {
        var query = target.indexOf('?');
        var page = pages.get(query < 0 ? target : target.substring(0, query));
        if (page == null) {
            return Page.Answer.text(404, "not found\n");
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Page.Answer.text(405, "only GET and HEAD\n");
        }
        try {
            return page.answer();
        } catch (IOException | RuntimeException bug) {
            LOG.atError().addKeyValue("path", target).setCause(bug).log("health page failed");
            return Page.Answer.text(500, "internal error\n");
        }
    }

    /** Up to the empty line; empty when it is too long. */
    private static Optional<String> header(Socket connection) throws IOException {
        var deadline = System.nanoTime() + HEADER_LIMIT.toNanos();
        var buffer = new byte[MAX_HEADER_BYTES];
        var length = 0;
        var input = connection.getInputStream();
        while (length < buffer.length) {
            var read = readSome(connection, input, buffer, length, deadline);
            if (read < 0) {
                throw new IOException("connection ended within the header");
            }
            length += read;
            var text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            var end = text.indexOf("\r\n\r\n");
            if (end >= 0) {
                return Optional.of(text.substring(0, end));
            }
        }
        return Optional.empty();
    }

    private static int readSome(Socket connection, InputStream input, byte[] buffer, int length, long deadline)
            throws IOException {
        // The limit is for the whole header: a client that sends byte by byte gains nothing.
        var left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new IOException("header took too long");
        }
        connection.setSoTimeout((int) left);
        return input.read(buffer, length, buffer.length - length);
    }

    private static void write(Socket connection, Page.Answer answer, boolean withBody) throws IOException {
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        var head = "HTTP/1.1 " + answer.status() + " " + reason(answer.status()) + "\r\nContent-Type: "
                + answer.contentType() + "\r\nContent-Length: " + body.length
                + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        var output = connection.getOutputStream();
        output.write(head.getBytes(StandardCharsets.ISO_8859_1));
        if (withBody) {
            output.write(body);
        }
        output.flush();
        connection.shutdownOutput();
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
