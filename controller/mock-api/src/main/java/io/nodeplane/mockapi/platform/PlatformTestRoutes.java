package io.nodeplane.mockapi.platform;

import static io.nodeplane.mockapi.http.Answer.json;
import static io.nodeplane.mockapi.http.Answer.noContent;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.http.Route;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The routes under {@code /test} that change what the platform does. SOURCE: facts 10.3, tests. */
public final class PlatformTestRoutes {
    private final PlatformDesk desk;
    private final PlatformControl control;

    /** Routes over the given desk. */
    public PlatformTestRoutes(PlatformDesk desk) {
        this.desk = desk;
        this.control = new PlatformControl(desk);
    }

    /** All of them. */
    public List<Route> all() {
        return List.of(
                new Route(
                        "GET",
                        "/test/bearer",
                        (request, names) -> json(Json.object()
                                .put(
                                        "bearer",
                                        Nsk.bearer(
                                                "e2e",
                                                request.parameter("node").orElse(PlatformNode.CONSTANT.nodeId()))))),
                new Route("PUT", "/test/state", (request, names) -> state(request)),
                new Route("POST", "/test/configure-state", (request, names) -> state(request)),
                new Route("POST", "/test/configure-executions", (request, names) -> executions(request)),
                new Route("POST", "/test/configure-heartbeat", (request, names) -> heartbeat(request)),
                new Route("POST", "/test/configure-endpoint", (request, names) -> endpoint(request)),
                new Route("POST", "/test/configure-secrets", (request, names) -> secrets(request)),
                new Route("POST", "/test/configure-events", (request, names) -> events(request)),
                new Route("POST", "/test/rotate-signing-key", (request, names) -> signingKey(request)),
                new Route("POST", "/test/inject-event", (request, names) -> inject(request)));
    }

    private Answer state(Request request) {
        desk.shared().captures().keep("configure_state", "", request);
        control.state(request.body().text());
        return noContent();
    }

    /** Only executions, and for one node only: the state of all others stays as it is. */
    private Answer executions(Request request) {
        var node = request.parameter("node")
                .orElseThrow(() -> Problem.of(400, "malformed_test_request", "node: expected in the query"));
        control.executions(node, request.body().text());
        return noContent();
    }

    private Answer heartbeat(Request request) {
        desk.shared().captures().keep("configure_heartbeat", "", request);
        var body = body(
                request,
                Shape.object(Shape.optional("reconcile", Shape.bool()), Shape.optional("rotate_keys", Shape.bool())));
        control.heartbeatAnswer(
                body.path("reconcile").asBoolean(), body.path("rotate_keys").asBoolean());
        return noContent();
    }

    private Answer endpoint(Request request) {
        desk.shared().captures().keep("configure_endpoint", "", request);
        var body = body(request, Shape.object(Shape.required("ttl_seconds", Shape.integer(1))));
        control.endpointLife(Duration.ofSeconds(body.path("ttl_seconds").longValue()));
        return noContent();
    }

    private Answer secrets(Request request) {
        desk.shared().captures().keep("configure_secrets", "", request);
        var body = body(
                request,
                Shape.object(
                        Shape.optional("current_version", Shape.integer(1)),
                        Shape.optional("rate_limit_next", Shape.integer(0)),
                        Shape.optional("retry_after_seconds", Shape.integer(0))));
        control.secrets(
                body.path("current_version").asInt(1),
                body.path("rate_limit_next").asInt(0),
                body.path("retry_after_seconds").asInt(1));
        return noContent();
    }

    private Answer events(Request request) {
        desk.shared().captures().keep("configure_events", "", request);
        var body = body(request, Shape.object(Shape.required("mode", Shape.oneOf("streaming", "descoped"))));
        control.descopeEvents(body.path("mode").asText().equals("descoped"));
        return noContent();
    }

    private Answer signingKey(Request request) {
        var body = body(
                request,
                Shape.object(
                        Shape.required("key_id", Shape.name()),
                        Shape.required("transition_seconds", Shape.integer(0))));
        control.rotateSigningKey(
                body.path("key_id").asText(),
                Duration.ofSeconds(body.path("transition_seconds").longValue()));
        return noContent();
    }

    private Answer inject(Request request) {
        desk.shared().captures().keep("inject_event", "", request);
        var keep = Set.of(request.parameter("keep").orElse("").split(","));
        control.inject(request.body().text(), keep, request.parameter("node"));
        return noContent();
    }

    private static JsonNode body(Request request, Shape shape) {
        return PlatformControl.body(request.body().bytes(), shape);
    }
}
