package io.nodeplane.mockapi.fault;

import java.util.List;

/**
 * Which requests a fault hits. {@code /test} and the page are never hit, because they switch it off again, and {@code /v1/ping} only by its own name: it is the
 * kubelet's probe, and a restart of the mock would lose its counters.
 */
record RoutePattern(String method, List<String> segments) {
    private static final String PING = "/v1/ping";
    private static final List<String> CONTROLS = List.of("/test/", "/page/");

    /** A pattern from {@code METHOD /path} or {@code *}; {@link IllegalArgumentException} names what is wrong. */
    static RoutePattern parse(String text) {
        if (text.equals("*")) {
            return new RoutePattern("*", List.of("", "**"));
        }
        int space = text.indexOf(' ');
        if (space < 1 || !text.startsWith("/", space + 1)) {
            throw new IllegalArgumentException(
                    "route: expected \"*\" or \"METHOD /path\" such as \"POST /v1/nodes/*/metrics\", got \"" + text
                            + "\"");
        }
        return new RoutePattern(
                text.substring(0, space), List.of(text.substring(space + 1).split("/", -1)));
    }

    boolean matches(String requestMethod, String path) {
        if (CONTROLS.stream().anyMatch(path::startsWith)
                || path.equals("/")
                || (path.equals(PING) && !String.join("/", segments).equals(PING))) {
            return false;
        }
        return (method.equals("*") || method.equals(requestMethod)) && matches(List.of(path.split("/", -1)));
    }

    private boolean matches(List<String> path) {
        for (int i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            if (segment.equals("**")) {
                return true;
            }
            if (i == path.size() || !(segment.equals("*") || segment.equals(path.get(i)))) {
                return false;
            }
        }
        return segments.size() == path.size();
    }
}
