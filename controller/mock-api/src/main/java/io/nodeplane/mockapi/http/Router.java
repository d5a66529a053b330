package io.nodeplane.mockapi.http;

import java.util.List;
import java.util.Map;

/** Finds the route of a request. Unknown path: 404; known path, wrong method: 405. SOURCE: facts 10.2, behaviour. */
public final class Router {
    private final List<Route> routes;
    private final Refusals refusals;

    /** A router over a table of routes; the first that fits answers. */
    public Router(List<Route> routes, Refusals refusals) {
        this.routes = List.copyOf(routes);
        this.refusals = refusals;
    }

    /** The answer of the route that fits. */
    public Answer answer(Request request) {
        try {
            return routed(request);
        } catch (RefusedException e) {
            refusals.add(request, e);
            return e.answer();
        }
    }

    private Answer routed(Request request) {
        boolean known = false;
        for (var route : routes) {
            var names = route.match(request.path());
            if (names.isPresent() && route.method().equals(request.method())) {
                return route.action().answer(request, names.get());
            }
            known |= names.isPresent();
        }
        if (known) {
            throw new RefusedException(405, "method not allowed");
        }
        refusals.add(request, new RefusedException(404, "no such route"));
        return new Answer.Reply(
                404, Map.of("Content-Type", "text/plain; charset=utf-8"), Body.of("404 page not found\n"));
    }
}
