package io.nodeplane.mockapi.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Writes an answer, or half of it. */
final class AnswerWriter {
    /** The JDK server's sign for an answer without body. */
    private static final int NO_BODY = -1;

    /** The JDK server's sign for a chunked answer of unknown length. */
    private static final int CHUNKED = 0;

    private AnswerWriter() {}

    static void write(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
        switch (answer) {
            case Answer.Reply reply -> {
                start(exchange, reply);
                if (hasBody(exchange, reply)) {
                    exchange.getResponseBody().write(reply.body().bytes());
                }
            }
            case Answer.Stream stream -> {
                stream.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(200, CHUNKED);
                var out = exchange.getResponseBody();
                out.flush();
                stream.source().writeTo(out);
            }
        }
    }

    /** The headers with the full length and half of the body; closing the exchange then closes the connection. */
    static void writeHalf(HttpExchange exchange, Answer answer) throws IOException {
        if (!(answer instanceof Answer.Reply reply) || !hasBody(exchange, reply)) {
            return;
        }
        start(exchange, reply);
        var out = exchange.getResponseBody();
        out.write(reply.body().bytes(), 0, reply.body().size() / 2);
        out.flush();
    }

    private static void start(HttpExchange exchange, Answer.Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(
                reply.status(), hasBody(exchange, reply) ? reply.body().size() : NO_BODY);
    }

    private static boolean hasBody(HttpExchange exchange, Answer.Reply reply) {
        return reply.body().size() > 0
                && reply.status() != 204
                && reply.status() != 304
                && !exchange.getRequestMethod().equals("HEAD");
    }
}
