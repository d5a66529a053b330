package io.nodeplane.mockapi.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One route: method, path pattern and what it does.
 *
 * @param method HTTP method
 * @param pattern path such as {@code /v1/nodes/{id}/secrets/{key}}; a name in braces takes one segment
 * @param action the answer
 */
public record Route(String method, String pattern, Action action) {
    /** What a route does. */
    @FunctionalInterface
    public interface Action {
        /** The answer; {@code names} holds the percent-decoded segments of the pattern's names. */
        Answer answer(Request request, Map<String, String> names);
    }

    /** The decoded names of the pattern when {@code path} fits, else nothing. */
    Optional<Map<String, String>> match(String path) {
        var wanted = segments(pattern);
        var given = segments(path);
        if (wanted.size() != given.size()) {
            return Optional.empty();
        }
        var names = new HashMap<String, String>();
        for (int i = 0; i < wanted.size(); i++) {
            var segment = wanted.get(i);
            if (segment.startsWith("{")) {
                names.put(segment.substring(1, segment.length() - 1), decoded(given.get(i)));
            } else if (!segment.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return names.containsValue("") ? Optional.empty() : Optional.of(names);
    }

    /** Segments of a raw path; an encoded slash stays inside its segment. */
    public static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /** A percent-decoded segment; the plus sign is a plus sign in a path. */
    static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, "path: \"" + segment + "\" is not percent-encoded");
        }
    }
}
