package io.nodeplane.plexd.nodeapi.routes;

import io.nodeplane.runtime.http.HttpAnswer;
import io.nodeplane.runtime.http.RefusedRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One route.
 *
 * @param pattern segments after {@code /v1}, {@code *} for any one
 */
record Route(String method, List<String> pattern, Answering answering) {
    /** What the route does. */
    @FunctionalInterface
    interface Answering {
        HttpAnswer answer(Visit visit) throws RefusedRequest, IOException, InterruptedException;
    }

    /** For example {@code GET}, {@code state/data/*}. */
    static Route of(String method, String pattern, Answering answering) {
        return new Route(method, List.of(pattern.split("/", -1)), answering);
    }

    /** The segments that stand for {@code *}, when the path is this route's. */
    Optional<List<String>> capture(List<String> segments) {
        if (segments.size() != pattern.size()) {
            return Optional.empty();
        }
        var captured = new ArrayList<String>();
        for (var at = 0; at < pattern.size(); at++) {
            if (pattern.get(at).equals("*")) {
                captured.add(segments.get(at));
            } else if (!pattern.get(at).equals(segments.get(at))) {
                return Optional.empty();
            }
        }
        return Optional.of(captured);
    }
}
