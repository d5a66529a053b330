package io.nodeplane.mockapi.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.routes.Desk;
import io.nodeplane.mockapi.wire.BodyFaults;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Shape;
import java.io.IOException;
import java.util.Map;

/** Who may call, and what a body must be. SOURCE: facts 10.3, gate and strict decoding. */
final class PlatformGate {
    private final Desk desk;

    PlatformGate(Desk desk) {
        this.desk = desk;
    }

    /** The node that calls: its bearer must be ours (401), and in strict mode the path must name it (403). */
    String admit(Request request, Map<String, String> names) {
        var node = Nsk.node(request.header("authorization").orElse(""));
        if (node.isEmpty()) {
            desk.counters().raise("unauthorized");
            throw Problem.of(401, "unauthorized", "authorization: expected \"Bearer nsk_<env>_<payload>\" of a node");
        }
        var inPath = names.getOrDefault("id", node.get());
        if (desk.mode() == Mode.STRICT && !inPath.equals(node.get())) {
            throw Problem.of(403, "node_id_mismatch", "node_id: \"" + inPath + "\" is not the bearer's");
        }
        return node.get();
    }

    /** As {@link #admit}, and the path must name the node in every mode. */
    String admitSame(Request request, Map<String, String> names) {
        var node = admit(request, names);
        if (!node.equals(names.get("id"))) {
            throw Problem.of(403, "nsk_node_mismatch", "node_id: not the bearer's");
        }
        return node;
    }

    /** A JSON body of at most {@code most} bytes that fits the shape as a whole. */
    static JsonNode decoded(Request request, Shape shape, String malformed, int most, String tooLarge) {
        if (request.body().size() > most) {
            throw Problem.of(413, tooLarge, "body: more than " + most + " bytes");
        }
        return decoded(request, shape, malformed);
    }

    /** A JSON body that fits the shape as a whole. */
    static JsonNode decoded(Request request, Shape shape, String malformed) {
        if (request.header("content-encoding").isPresent()) {
            throw Problem.of(400, malformed, "content-encoding: not taken here");
        }
        if (!request.header("content-type").orElse("").startsWith("application/json")) {
            throw Problem.of(400, malformed, "content-type: expected application/json");
        }
        return checked(request.body().bytes(), shape, malformed);
    }

    /** JSON that fits the shape as a whole; the problem names each member. */
    static JsonNode checked(byte[] json, Shape shape, String malformed) {
        JsonNode body;
        try {
            body = Json.parse(json);
        } catch (IOException e) {
            throw Problem.of(400, malformed, "body: not JSON");
        }
        var faults = new BodyFaults(true);
        shape.check(body, "", faults);
        if (faults.count() > 0) {
            throw Problem.of(400, malformed, faults.text());
        }
        return body;
    }
}
