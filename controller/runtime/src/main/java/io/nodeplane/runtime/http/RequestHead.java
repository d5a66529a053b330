package io.nodeplane.runtime.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Request line and headers (RFC 9112).
 *
 * @param path as it was sent, without query
 * @param query as it was sent, empty when there is none
 * @param headers by lower-case name; repeated ones joined by comma
 */
public record RequestHead(String method, String path, String query, Map<String, String> headers) {
    public RequestHead {
        headers = Map.copyOf(headers);
    }

    /** A header by its lower-case name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The path's segments, each decoded by itself: {@code a%2Fb} is one segment.
     *
     * @throws RefusedRequest 400 when an escape is broken
     */
    public List<String> segments() throws RefusedRequest {
        var segments = new ArrayList<String>();
        for (var segment : path.substring(1).split("/", -1)) {
            segments.add(PercentText.decode(segment));
        }
        return segments;
    }

    /** The first query parameter of this name. */
    public Optional<String> parameter(String name) throws RefusedRequest {
        for (var pair : query.split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0 && PercentText.decode(pair.substring(0, equals)).equals(name)) {
                return Optional.of(PercentText.decode(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    /**
     * Reads up to and with the empty line, and no byte more.
     *
     * @throws RefusedRequest 431 over the limit, 400 when it is no HTTP/1 request
     * @throws IOException when the connection ends before
     */
    static RequestHead read(InputStream in, int maxBytes) throws IOException, RefusedRequest {
        var text = new StringBuilder();
        while (!endsWithEmptyLine(text)) {
            if (text.length() >= maxBytes) {
                throw new RefusedRequest(431, "request header over " + maxBytes / 1024 + " KiB");
            }
            var next = in.read();
            if (next < 0) {
                throw new IOException("connection ended within the header");
            }
            text.append((char) next);
        }
        return parse(text.toString());
    }

    private static boolean endsWithEmptyLine(StringBuilder text) {
        var length = text.length();
        return length >= 4 && text.charAt(length - 1) == '\n' && text.indexOf("\r\n\r\n", length - 4) >= 0;
    }

    private static RequestHead parse(String text) throws RefusedRequest {
        var lines = text.split("\r\n", -1);
        var requestLine = lines[0].split(" ", -1);
        if (requestLine.length != 3 || !requestLine[2].startsWith("HTTP/1.") || requestLine[0].isEmpty()) {
            throw new RefusedRequest(400, "no HTTP/1 request");
        }
        var target = originForm(requestLine[1]);
        var question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        var query = question < 0 ? "" : target.substring(question + 1);
        return new RequestHead(requestLine[0], path, query, headers(lines));
    }

    /** A client that believes it speaks to a proxy sends the whole URL (RFC 9112 section 3.2.2). */
    private static String originForm(String target) throws RefusedRequest {
        if (target.startsWith("/")) {
            return target;
        }
        var slash = target.startsWith("http://") ? target.indexOf('/', "http://".length()) : -1;
        if (slash < 0) {
            throw new RefusedRequest(400, "no HTTP/1 request");
        }
        return target.substring(slash);
    }

    private static Map<String, String> headers(String[] lines) throws RefusedRequest {
        var headers = new TreeMap<String, String>();
        for (var line = 1; line < lines.length && !lines[line].isEmpty(); line++) {
            var colon = lines[line].indexOf(':');
            var name = colon < 0 ? "" : lines[line].substring(0, colon);
            // White space in or before a name, or a folded line, is how two servers come to read two requests in one.
            if (name.isEmpty() || name.chars().anyMatch(character -> character <= ' ')) {
                throw new RefusedRequest(400, "broken request header");
            }
            var value = lines[line].substring(colon + 1).strip();
            headers.merge(name.toLowerCase(Locale.ROOT), value, (first, second) -> first + ", " + second);
        }
        return headers;
    }

    /** Escapes of a path or query (RFC 3986 section 2.1). */
    private static final class PercentText {
        private PercentText() {}

        static String decode(String text) throws RefusedRequest {
            if (text.indexOf('%') < 0) {
                return text;
            }
            var bytes = new byte[text.length()];
            var length = 0;
            for (var at = 0; at < text.length(); at++) {
                if (text.charAt(at) != '%') {
                    bytes[length++] = (byte) text.charAt(at);
                    continue;
                }
                var high = at + 2 <= text.length() - 1 ? Character.digit(text.charAt(at + 1), 16) : -1;
                var low = at + 2 <= text.length() - 1 ? Character.digit(text.charAt(at + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new RefusedRequest(400, "broken escape in the request's path or query");
                }
                bytes[length++] = (byte) (high << 4 | low);
                at += 2;
            }
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
    }
}
