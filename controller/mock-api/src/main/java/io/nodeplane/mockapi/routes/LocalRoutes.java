package io.nodeplane.mockapi.routes;

import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Body;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The local endpoints: TLS listener only, own bearer, body not checked. SOURCE: facts 10.2, TLS routes; seed 004 phase 10. */
public final class LocalRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRoutes.class);

    private final Desk desk;

    /** Routes over the given desk. */
    public LocalRoutes(Desk desk) {
        this.desk = desk;
    }

    /** The three routes. */
    public List<Route> all() {
        return Stream.of("metrics", "logs", "audit")
                .map(name -> new Route("POST", "/local/" + name, (request, names) -> take("local_" + name, request)))
                .toList();
    }

    private Answer take(String name, Request request) {
        if (!desk.fixture().isLocalBearer(request.header("authorization").orElse(""))) {
            return new Answer.Reply(401, Map.of(), Body.EMPTY);
        }
        desk.captures().keep(name, "", request);
        desk.counters().raise(name);
        try {
            desk.records().add(name, "", request.body().bytes());
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("endpoint", name).log("local body is no batch of records");
        }
        return Answer.noContent();
    }
}
