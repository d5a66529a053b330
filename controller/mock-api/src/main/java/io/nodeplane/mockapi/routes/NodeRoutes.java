package io.nodeplane.mockapi.routes;

import static io.nodeplane.mockapi.http.Answer.json;
import static io.nodeplane.mockapi.http.Answer.noContent;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Body;
import io.nodeplane.mockapi.http.RefusedException;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.http.Route;
import io.nodeplane.mockapi.wire.Envelope;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Secret;
import io.nodeplane.mockapi.wire.Shape;
import io.nodeplane.mockapi.wire.Shapes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The routes under {@code /v1}. SOURCE: facts 3.2 and 10.2; seed 004, assertion logic. */
public final class NodeRoutes {
    private static final String NODE = "/v1/nodes/{id}/";
    private static final Set<String> STREAM = Set.of("text/event-stream");

    private final Desk desk;
    private final Gate gate;

    /** Routes over the given desk. */
    public NodeRoutes(Desk desk) {
        this.desk = desk;
        this.gate = new Gate(desk.mode(), desk.nodes());
    }

    /** All routes under {@code /v1}. */
    public List<Route> all() {
        return Stream.of(life(), reads(), reports(), batches())
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> life() {
        return List.of(
                new Route("GET", "/v1/ping", (request, names) -> json(Json.object())),
                new Route("POST", "/v1/register", (request, names) -> register(request)),
                new Route("POST", "/v1/keys/rotate", (request, names) -> rotate(request)),
                new Route("POST", NODE + "heartbeat", this::heartbeat),
                new Route("POST", NODE + "deregister", (request, names) -> {
                    enter(request, names, "deregister");
                    return counted(names, "deregister", noContent());
                }));
    }

    private List<Route> reads() {
        return List.of(
                read(NODE + "state", "state", () -> json(desk.fixture().state())),
                read(NODE + "metadata", "metadata", () -> json(METADATA)),
                new Route("GET", NODE + "secrets/{key}", (request, names) -> {
                    enter(request, names, "secrets");
                    return counted(names, "secrets", json(desk.fixture().secret(name(names, "key"))));
                }),
                new Route("GET", NODE + "events", this::events),
                new Route("GET", "/v1/artifacts/plexd/{version}/{os}/{arch}", (request, names) -> {
                    gate.admit(request);
                    desk.counters().raise("artifact");
                    return Answer.octets(Body.of("mock-plexd-binary-v0.0.0"));
                }));
    }

    private List<Route> reports() {
        return List.of(
                write("PUT", NODE + "capabilities", "capabilities", Shapes.CAPABILITIES, noContent()),
                write("PUT", NODE + "endpoint", "endpoint", Shapes.ENDPOINT, json(PEER_ENDPOINTS)),
                write("POST", NODE + "drift", "drift", Shapes.DRIFT, noContent()),
                write("POST", NODE + "report", "report", Shapes.REPORT, noContent()),
                execution("ack", "execution_ack", Shapes.ACK),
                execution("result", "execution_result", Shapes.RESULT),
                write("POST", NODE + "tunnels/{sid}/ready", "tunnel_ready", Shapes.TUNNEL_READY, noContent()),
                write("POST", NODE + "tunnels/{sid}/closed", "tunnel_closed", Shapes.TUNNEL_CLOSED, noContent()),
                write("POST", NODE + "integrity/violations", "integrity_violation", Shapes.VIOLATION, noContent()));
    }

    private List<Route> batches() {
        return List.of(batch("metrics", Shapes.METRICS), batch("logs", Shapes.LOGS), batch("audit", Shapes.AUDIT));
    }

    private Answer register(Request request) {
        desk.captures().keep("register", "", request);
        var body = gate.decoded(request, Shapes.REGISTER);
        gate.admitToken(request, body);
        var node = desk.nodes().register(body.path("hostname").asText());
        desk.counters().raise("registration");
        var answer = Json.object()
                .put("node_id", node.nodeId())
                .put("mesh_ip", node.meshIp())
                .put("signing_public_key", desk.fixture().signer().publicKey())
                .put("node_secret_key", Secret.NODE_SECRET_KEY);
        return json(answer.set("peers", Fixture.peers()));
    }

    private Answer rotate(Request request) {
        gate.admit(request);
        desk.captures().keep("key_rotate", "", request);
        var body = gate.decoded(request, Shapes.KEY_ROTATE);
        var nodeId = body.path("node_id").asText();
        gate.admit(request, nodeId);
        return counted(Map.of("id", nodeId), "key_rotate", json(Json.object().set("updated_peers", Fixture.peers())));
    }

    private Answer heartbeat(Request request, Map<String, String> names) {
        enter(request, names, "heartbeat");
        var body = gate.decoded(request, Shapes.HEARTBEAT);
        gate.same("node_id", body.path("node_id").asText(), name(names, "id"));
        return counted(names, "heartbeat", json(desk.fixture().heartbeat()));
    }

    private Answer events(Request request, Map<String, String> names) {
        enter(request, names, "events");
        gate.header(request, "accept", STREAM);
        var id = name(names, "id");
        var hello = new Envelope(
                "node_state_updated",
                "evt-mock-001",
                Control.now(desk.clock()),
                UUID.randomUUID().toString(),
                Json.object().put("node_id", id).toString(),
                "");
        return desk.streams().open(id, desk.fixture().signer().sign(hello).frame());
    }

    private Route read(String path, String counter, Supplier<Answer> answer) {
        return new Route("GET", path, (request, names) -> {
            enter(request, names, counter);
            return counted(names, counter, answer.get());
        });
    }

    private Route write(String method, String path, String counter, Shape shape, Answer answer) {
        return new Route(method, path, (request, names) -> {
            enter(request, names, counter);
            var _ = gate.decoded(request, shape);
            return counted(names, counter, answer);
        });
    }

    private Route execution(String last, String counter, Shape shape) {
        return new Route("POST", NODE + "executions/{eid}/" + last, (request, names) -> {
            enter(request, names, counter);
            var body = gate.decoded(request, shape);
            gate.same("execution_id", body.path("execution_id").asText(), name(names, "eid"));
            return counted(names, counter, noContent());
        });
    }

    private Route batch(String counter, Shape shape) {
        return new Route("POST", NODE + counter, (request, names) -> {
            enter(request, names, counter);
            if (gate.decoded(request, shape).isArray()) {
                records(counter, name(names, "id"), request);
            }
            return counted(names, counter, noContent());
        });
    }

    private void records(String counter, String nodeId, Request request) {
        try {
            desk.records().add(counter, nodeId, request.body().bytes());
        } catch (IOException e) {
            throw new RefusedException(400, "invalid request body");
        }
    }

    /** Checks who calls and keeps the request, before its body is looked at. SOURCE: facts 10.2, behaviour. */
    private void enter(Request request, Map<String, String> names, String captureName) {
        gate.admit(request, name(names, "id"));
        desk.captures().keep(captureName, name(names, "id"), request);
    }

    private Answer counted(Map<String, String> names, String counter, Answer answer) {
        desk.nodes().count(name(names, "id"), counter);
        desk.counters().raise(counter);
        return answer;
    }

    private static String name(Map<String, String> names, String name) {
        return names.getOrDefault(name, "");
    }

    private static final JsonNode METADATA = Json.object()
            .put("environment", "e2e-test")
            .put("region", "mock-region-1")
            .put("role", "worker")
            .put("version", "1.0.0-mock");

    private static final JsonNode PEER_ENDPOINTS = Json.known("""
            {"peer_endpoints":[
              {"peer_id":"peer-001","endpoint":"203.0.113.1:51820"},
              {"peer_id":"peer-002","endpoint":"203.0.113.2:51820"}]}""");
}
