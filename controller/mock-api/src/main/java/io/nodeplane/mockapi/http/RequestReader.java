package io.nodeplane.mockapi.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a request off the wire: gunzip, limits, query. */
final class RequestReader {
    /** The largest body, before and after gunzip: a full batch of audit lines of many MiB fits. */
    private static final int MOST_BYTES = 64 << 20;

    private RequestReader() {}

    /** The request; {@link RefusedException} 400 when the body is not what its header says, 413 when it is too big. */
    static Request read(HttpExchange exchange, boolean tls) throws IOException {
        var uri = exchange.getRequestURI();
        var headers = headers(exchange);
        var body = bounded(exchange.getRequestBody());
        if ("gzip".equalsIgnoreCase(headers.get("content-encoding"))) {
            body = gunzipped(body);
        }
        return new Request(
                exchange.getRequestMethod(), uri.getRawPath(), query(uri.getRawQuery()), headers, Body.of(body), tls);
    }

    private static byte[] gunzipped(byte[] body) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return bounded(in);
        } catch (IOException e) {
            throw new RefusedException(400, "invalid request body");
        }
    }

    private static byte[] bounded(InputStream in) throws IOException {
        var bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new RefusedException(413, "body: expected at most " + MOST_BYTES + " bytes");
        }
        return bytes;
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }

    private static Map<String, String> query(@Nullable String raw) {
        var query = new HashMap<String, String>();
        if (raw == null) {
            return query;
        }
        for (var pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            query.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, "query: not percent-encoded");
        }
    }
}
