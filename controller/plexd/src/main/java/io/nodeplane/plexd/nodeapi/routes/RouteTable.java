package io.nodeplane.plexd.nodeapi.routes;

import io.nodeplane.plexd.nodeapi.access.Caller;
import io.nodeplane.plexd.nodeapi.access.Door;
import io.nodeplane.plexd.nodeapi.access.Gate;
import io.nodeplane.plexd.nodeapi.services.Services;
import io.nodeplane.runtime.http.HttpAnswer;
import io.nodeplane.runtime.http.HttpRequest;
import io.nodeplane.runtime.http.RefusedRequest;
import io.nodeplane.runtime.http.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All routes behind one door: who calls comes first, then what is asked for, then whether the caller may. */
public final class RouteTable implements Site {
    private static final String VERSION = "v1";

    private final List<Route> routes;
    private final Door door;
    private final Gate gate;

    /**
     * One table.
     *
     * @param services what the routes ask
     */
    public RouteTable(Services services, Door door, Gate gate) {
        this(routes(services), door, gate);
    }

    RouteTable(List<Route> routes, Door door, Gate gate) {
        this.routes = List.copyOf(routes);
        this.door = door;
        this.gate = gate;
    }

    /** The same routes behind another door. */
    public RouteTable behind(Door other, Gate otherGate) {
        return new RouteTable(routes, other, otherGate);
    }

    private static List<Route> routes(Services services) {
        var routes = new ArrayList<Route>();
        routes.addAll(new StateRoutes(services.state(), services.reports()).all());
        routes.addAll(new SecretRoutes(services.state(), services.secrets()).all());
        routes.addAll(new ReportRoutes(services.reports()).all());
        routes.addAll(new ActionRoutes(services.actions()).all());
        routes.addAll(new StatusRoutes(services).all());
        return routes;
    }

    @Override
    public HttpAnswer answer(HttpRequest request) throws RefusedRequest, IOException, InterruptedException {
        var caller = door.admit(request);
        var segments = request.head().segments();
        if (segments.size() < 2 || !segments.getFirst().equals(VERSION)) {
            throw new RefusedRequest(404, "not found");
        }
        return answer(request, caller, segments.subList(1, segments.size()));
    }

    @Override
    public HttpAnswer refusal(int status, String reason) {
        return JsonAnswer.error(status, reason);
    }

    private HttpAnswer answer(HttpRequest request, Caller caller, List<String> segments)
            throws RefusedRequest, IOException, InterruptedException {
        var asked = request.head().method();
        var method = asked.equals("HEAD") ? "GET" : asked;
        var allowed = new TreeSet<String>();
        for (var route : routes) {
            var captured = route.capture(segments);
            if (captured.isPresent() && route.method().equals(method)) {
                return route.answering().answer(new Visit(request, caller, gate, captured.get()));
            }
            captured.ifPresent(_ -> allowed.add(route.method()));
        }
        if (allowed.isEmpty()) {
            throw new RefusedRequest(404, "not found");
        }
        throw new RefusedRequest(405, "method not allowed", Map.of("Allow", String.join(", ", allowed)));
    }
}
