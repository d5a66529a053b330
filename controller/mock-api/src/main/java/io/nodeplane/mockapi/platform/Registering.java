package io.nodeplane.mockapi.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code POST /v1/register} with its checks in their order. Thread-safe. SOURCE: facts 2.3 and 10.3, register order. */
final class Registering {
    /** The project that may register. */
    static final String PROJECT = "0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a0";

    private static final Pattern TOKEN = Pattern.compile("psb_[a-z]+_[a-z2-7]+_(node|bridge)_([a-z2-7]{20,})");
    private static final List<String> REQUIRED =
            List.of("project_id", "resource_handle", "bootstrap_token", "nonce", "public_key");
    private static final Set<String> MEMBERS =
            Set.of("project_id", "resource_handle", "bootstrap_token", "nonce", "public_key", "requested_resource_id");
    private static final String ZERO = "00000000-0000-0000-0000-000000000000";
    private static final int MOST_BYTES = 4096;
    private static final int KEY_BYTES = 32;

    private final PlatformDesk desk;
    private final Map<String, String> handlesByNonce = new HashMap<>();

    Registering(PlatformDesk desk) {
        this.desk = desk;
    }

    Answer register(Request request) {
        desk.shared().captures().keep("register", "", request);
        desk.shared().counters().raise("registration");
        if (request.header("authorization").isPresent()) {
            throw Problem.of(400, "", "authorization: must not be sent");
        }
        var body = members(request);
        var handle = body.path("resource_handle").asText();
        checkKey(body.path("public_key").asText());
        checkToken(body.path("bootstrap_token").asText());
        if (!body.path("project_id").asText().equals(PROJECT)) {
            throw Problem.of(403, "project_mismatch", "project_id: not the token's");
        }
        checkNonce(body.path("nonce").asText(), handle);
        checkHandle(handle);
        return registered(handle, body.path("public_key").asText());
    }

    private static JsonNode members(Request request) {
        JsonNode body;
        try {
            body = Json.parse(request.body().bytes());
        } catch (IOException e) {
            throw Problem.of(400, "", "body: not JSON");
        }
        for (var member : body.properties()) {
            if (!MEMBERS.contains(member.getKey()) || !member.getValue().isTextual()) {
                throw Problem.of(400, "", member.getKey() + ": unknown member or no text");
            }
            if (member.getValue().asText().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
                throw Problem.of(422, "", member.getKey() + ": more than " + MOST_BYTES + " bytes");
            }
        }
        for (var name : REQUIRED) {
            if (body.path(name).asText().isEmpty()) {
                throw Problem.of(422, "", name + ": required");
            }
        }
        if (body.path("project_id").asText().equals(ZERO)) {
            throw Problem.of(422, "", "project_id: zero");
        }
        return body;
    }

    private static void checkKey(String key) {
        try {
            if (Base64.getDecoder().decode(key).length == KEY_BYTES) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "public_key_invalid", "public_key: not base64");
        }
        throw Problem.of(400, "public_key_invalid", "public_key: expected " + KEY_BYTES + " bytes");
    }

    private static void checkToken(String token) {
        var matcher = TOKEN.matcher(token);
        if (!matcher.matches()) {
            throw Problem.of(403, "", "bootstrap_token: expected psb_<env>_<project>_<kind>_<random>");
        }
        if (!matcher.group(1).equals("node")) {
            throw Problem.of(403, "kind_mismatch", "bootstrap_token: not for a node");
        }
        for (var magic : List.of("consumed", "expired", "revoked")) {
            if (matcher.group(2).contains(magic)) {
                throw Problem.of(403, "token_" + magic, "bootstrap_token: " + magic);
            }
        }
    }

    /** The same nonce is the same registration: for another resource it is a collision. */
    private synchronized void checkNonce(String nonce, String handle) {
        try {
            var isRandom = UUID.fromString(nonce).version() == 4;
            if (!isRandom) {
                throw Problem.of(422, "", "nonce: expected a UUID of version 4");
            }
        } catch (IllegalArgumentException e) {
            throw Problem.of(422, "", "nonce: expected a UUID");
        }
        if (!handlesByNonce.merge(nonce, handle, (before, now) -> before).equals(handle)) {
            throw Problem.of(403, "nonce_collision", "nonce: used for another registration");
        }
    }

    private static void checkHandle(String handle) {
        switch (handle) {
            case "unknown-resource" -> throw Problem.of(404, "resource_not_found", "resource_handle: unknown");
            case "exhausted-pool" -> throw Problem.of(503, "pool_exhausted", "no address is free");
            case "exhausted-subrange" -> throw Problem.of(503, "subrange_exhausted", "no address is free");
            case "contended-allocator" -> throw Problem.of(503, "allocator_contention", "try again");
            case "boom-internal" -> throw Problem.of(500, "", "boom");
            default -> {
                // Every other handle is a resource.
            }
        }
    }

    private Answer registered(String handle, String publicKey) {
        var node = PlatformNode.of(desk.shared().mode(), handle);
        desk.shared().nodes().register(handle, node.nodeId(), node.meshIp());
        desk.rotations().registered(node.nodeId(), publicKey);
        var answer = Json.object()
                .put("node_id", node.nodeId())
                .put("mesh_ip", node.meshIp())
                .put("signing_public_key", desk.events().publicKey())
                .put("signing_key_id", desk.events().keyId())
                .put("nsk", Nsk.BASE64)
                .put("domain_mesh_cidr", node.meshCidr());
        answer.set("peer_snapshot", desk.fixture().peers());
        return Answer.json(201, answer);
    }
}
