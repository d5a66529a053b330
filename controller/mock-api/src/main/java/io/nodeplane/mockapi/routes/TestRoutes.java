package io.nodeplane.mockapi.routes;

import static io.nodeplane.mockapi.http.Answer.json;
import static io.nodeplane.mockapi.http.Answer.noContent;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.capture.Tally;
import io.nodeplane.mockapi.fault.Fault;
import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.RefusedException;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.http.Route;
import io.nodeplane.mockapi.wire.BodyFaults;
import io.nodeplane.mockapi.wire.Envelope;
import io.nodeplane.mockapi.wire.GoDuration;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Shape;
import io.nodeplane.mockapi.wire.Shapes;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The routes under {@code /test} that change what the mock does. SOURCE: facts 10.2; DESIGN.md, test routes. */
public final class TestRoutes {
    private final Desk desk;
    private final Control control;
    private final ReportRoutes reports;

    /** Routes over the given desk. */
    public TestRoutes(Desk desk) {
        this.desk = desk;
        this.control = new Control(desk);
        this.reports = new ReportRoutes(desk);
    }

    /** All routes under {@code /test}. */
    public List<Route> all() {
        return Stream.of(fixtures(), List.of(injectEvents()), shared())
                .flatMap(List::stream)
                .toList();
    }

    /** Those that are the same in every contract. */
    public List<Route> shared() {
        return Stream.of(List.of(localBearer()), streams(), faults(), tallies(), reports.all())
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> fixtures() {
        return List.of(
                new Route("PUT", "/test/state", (request, names) -> state(request)),
                new Route("POST", "/test/configure-state", (request, names) -> state(request)),
                new Route("POST", "/test/configure-heartbeat", (request, names) -> {
                    desk.captures().keep("configure_heartbeat", "", request);
                    desk.fixture().heartbeat(lenient(request, Shapes.HEARTBEAT_ANSWER));
                    return noContent();
                }));
    }

    private Route localBearer() {
        return new Route("PUT", "/test/local-bearer", (request, names) -> {
            var body = strict(request, Shape.object(Shape.required("bearer", Shape.name())));
            desk.fixture().localBearer(body.path("bearer").asText());
            return noContent();
        });
    }

    private Route injectEvents() {
        return new Route("POST", "/test/inject-event", (request, names) -> injectEvent(request));
    }

    private List<Route> streams() {
        return List.of(
                new Route("POST", "/test/inject-frame", (request, names) -> {
                    desk.streams()
                            .send(request.parameter("node"), request.body().bytes());
                    return noContent();
                }),
                new Route("POST", "/test/close-streams", (request, names) -> {
                    desk.streams().closeAll();
                    return noContent();
                }));
    }

    private List<Route> faults() {
        return List.of(
                new Route(
                        "GET",
                        "/test/faults",
                        (request, names) -> json(Json.tree(desk.faults().list().stream()
                                .map(FaultJson::tree)
                                .toList()))),
                new Route("POST", "/test/faults", (request, names) -> {
                    desk.faults().add(FaultJson.faults(parsed(request)).toArray(Fault[]::new));
                    return noContent();
                }),
                new Route("DELETE", "/test/faults", (request, names) -> {
                    request.parameter("route").ifPresentOrElse(desk.faults()::clear, desk.faults()::clear);
                    return noContent();
                }),
                new Route("POST", "/test/outage", (request, names) -> outage(request)),
                new Route("DELETE", "/test/outage", (request, names) -> {
                    control.endOutage();
                    return noContent();
                }));
    }

    private List<Route> tallies() {
        return List.of(
                new Route("PUT", "/test/tallies/{name}", this::tally),
                new Route("GET", "/test/tallies/{name}", (request, names) -> {
                    var tally = desk.records().tallies().get(names.getOrDefault("name", ""));
                    return tally == null ? Answer.error(404, "no such tally") : json(ReportRoutes.tree(tally.report()));
                }),
                new Route("DELETE", "/test/tallies/{name}", (request, names) -> {
                    desk.records().tallies().remove(names.getOrDefault("name", ""));
                    return noContent();
                }));
    }

    private Answer state(Request request) {
        desk.captures().keep("configure_state", "", request);
        var document = lenient(request, Shapes.STATE);
        if (!document.isObject()) {
            throw new RefusedException(400, "invalid request body");
        }
        desk.fixture().state(document);
        return noContent();
    }

    private Answer injectEvent(Request request) {
        desk.captures().keep("inject_event", "", request);
        var keep = Set.of(request.parameter("keep").orElse("").split(","));
        try {
            control.inject(Envelope.parse(request.body().bytes()), keep, request.parameter("node"));
            return noContent();
        } catch (IOException e) {
            throw new RefusedException(400, "invalid request body");
        } catch (DateTimeException e) {
            throw new RefusedException(400, "issued_at: expected an RFC 3339 time");
        }
    }

    private Answer outage(Request request) {
        var body = strict(request, Shape.object(Shape.required("duration", Shape.duration())));
        try {
            control.outage(GoDuration.parse(body.path("duration").asText()));
            return noContent();
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, String.valueOf(e.getMessage()));
        }
    }

    private Answer tally(Request request, Map<String, String> names) {
        var body = strict(
                request,
                Shape.object(Shape.required("endpoint", Shape.name()), Shape.required("pattern", Shape.name())));
        try {
            var pattern = Pattern.compile(body.path("pattern").asText());
            desk.records()
                    .tallies()
                    .put(
                            names.getOrDefault("name", ""),
                            new Tally(body.path("endpoint").asText(), pattern));
            return noContent();
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, "pattern: " + e.getMessage());
        }
    }

    private static JsonNode parsed(Request request) {
        try {
            return Json.parse(request.body().bytes());
        } catch (IOException e) {
            throw new RefusedException(400, "invalid request body");
        }
    }

    private static JsonNode lenient(Request request, Shape shape) {
        return checked(request, shape, false);
    }

    private static JsonNode strict(Request request, Shape shape) {
        return checked(request, shape, true);
    }

    private static JsonNode checked(Request request, Shape shape, boolean strict) {
        var body = parsed(request);
        var faults = new BodyFaults(strict);
        shape.check(body, "", faults);
        if (faults.count() > 0) {
            throw new RefusedException(400, strict ? faults.text() : "invalid request body");
        }
        return body;
    }
}
