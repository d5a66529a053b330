package io.nodeplane.mockapi.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.http.RefusedException;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.node.Nodes;
import io.nodeplane.mockapi.wire.BodyFaults;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Secret;
import io.nodeplane.mockapi.wire.Shape;
import java.io.IOException;
import java.util.Set;

/** The checks of strict mode, and the decoding that every mode does. */
final class Gate {
    private static final String BAD_BODY = "invalid request body";

    private final Mode mode;
    private final Nodes nodes;

    Gate(Mode mode, Nodes nodes) {
        this.mode = mode;
        this.nodes = nodes;
    }

    boolean isStrict() {
        return mode == Mode.STRICT;
    }

    /** Strict: the bearer must be the node's secret key (401) and the node id one that was given (403). */
    void admit(Request request, String nodeId) {
        if (!isStrict()) {
            return;
        }
        bearer(request, Secret.NODE_SECRET_KEY, "the node secret key");
        if (!nodes.isKnown(nodeId)) {
            throw new RefusedException(403, "node_id: \"" + nodeId + "\" was not given to any node");
        }
    }

    /** Strict: an authenticated call that names no node. */
    void admit(Request request) {
        if (isStrict()) {
            bearer(request, Secret.NODE_SECRET_KEY, "the node secret key");
        }
    }

    /** Strict: register carries the bootstrap token as bearer too. SOURCE: facts 2.3, authorization. */
    void admitToken(Request request, JsonNode body) {
        if (isStrict()) {
            bearer(request, body.path("token").asText(), "the token of the body");
        }
    }

    /** Strict: a header must have one of the values. */
    void header(Request request, String name, Set<String> values) {
        if (isStrict() && !values.contains(request.header(name).orElse(""))) {
            throw new RefusedException(400, "header " + name + ": expected one of " + values);
        }
    }

    /** Strict: an id in the body must be the one of the path. */
    void same(String field, String inBody, String inPath) {
        if (isStrict() && !inBody.equals(inPath)) {
            throw new RefusedException(400, BAD_BODY + ": " + field + ": expected \"" + inPath + "\" as in the path");
        }
    }

    private static void bearer(Request request, String wanted, String meaning) {
        var given = request.header("authorization");
        if (given.isEmpty()) {
            throw new RefusedException(401, "header authorization: required");
        }
        if (!given.get().equals("Bearer " + wanted)) {
            throw new RefusedException(401, "header authorization: expected \"Bearer \" and " + meaning);
        }
    }

    /** The body as a tree that fits the shape, else 400: bare in the lenient modes, with each field in strict mode. */
    JsonNode decoded(Request request, Shape shape) {
        var faults = new BodyFaults(isStrict());
        JsonNode body;
        try {
            body = Json.parse(request.body().bytes());
        } catch (IOException e) {
            throw new RefusedException(400, isStrict() ? BAD_BODY + ": body: not JSON" : BAD_BODY);
        }
        shape.check(body, "", faults);
        if (faults.count() > 0) {
            throw new RefusedException(400, isStrict() ? BAD_BODY + ": " + faults.text() : BAD_BODY);
        }
        return body;
    }
}
