package io.nodeplane.plexd.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where a request goes: base URL and path segments, each percent-encoded by itself (RFC 3986, section 3.3). */
final class Target {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Target() {}

    /** The URI below {@code base}; a slash inside a segment becomes {@code %2F}, so a name never adds a path level. */
    static URI of(URI base, List<String> segments) {
        return URI.create(base + path(segments));
    }

    /** The encoded path, for example {@code /v1/nodes/n-1/secrets/app%2Fconfig}. */
    static String path(List<String> segments) {
        var path = new StringBuilder();
        for (var segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return path.toString();
    }

    private static String encoded(String segment) {
        // A dot segment would be resolved away by servers and proxies, and unlike a slash it survives plain encoding.
        if (segment.equals(".") || segment.equals("..")) {
            return segment.replace(".", "%2E");
        }
        var out = new StringBuilder();
        for (var octet : segment.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet)) {
                out.append((char) octet);
            } else {
                out.append('%').append(HEX[(octet >> 4) & 0xf]).append(HEX[octet & 0xf]);
            }
        }
        return out.toString();
    }

    private static boolean isPlain(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || UNRESERVED.indexOf(octet) >= 0;
    }
}
