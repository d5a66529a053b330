package io.nodeplane.mockapi.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.wire.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The mesh keys of the nodes, and which of them are to be replaced. Thread-safe. SOURCE: facts 4.5 and 10.3, key rotation. */
final class Rotations {
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String> rotatedTo = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private boolean armed;

    /** The key of a registered node. */
    synchronized void registered(String nodeId, String publicKey) {
        keys.put(nodeId, publicKey);
        rotatedTo.remove(nodeId);
        done.remove(nodeId);
    }

    /** Wants a new key of every node, or of none any more. */
    synchronized void arm(boolean on) {
        armed = on;
        done.clear();
    }

    /** Whether this node still owes a new key. */
    synchronized boolean isDue(String nodeId) {
        return armed && !done.contains(nodeId);
    }

    /** The key of a node, as it told it last. */
    synchronized Optional<String> key(String nodeId) {
        return Optional.ofNullable(keys.get(nodeId));
    }

    /** Takes a new key; the same key again gets the same receipt. */
    synchronized JsonNode take(String nodeId, String publicKey) {
        if (publicKey.equals(rotatedTo.get(nodeId))) {
            done.add(nodeId);
            return receipt();
        }
        if (publicKey.equals(keys.get(nodeId))) {
            throw Problem.of(422, "keys_rotate_public_key_unchanged", "new_public_key: is the one in use");
        }
        if (!isDue(nodeId)) {
            throw Problem.of(409, "keys_rotate_no_pending_rotation", "no rotation was asked for");
        }
        keys.put(nodeId, publicKey);
        rotatedTo.put(nodeId, publicKey);
        done.add(nodeId);
        return receipt();
    }

    private static JsonNode receipt() {
        return Json.object()
                .put("rotation_id", "e2e-rotation-0001")
                .put("kid", "did:web:plexsphere.com#psk-2026-04")
                .put("wrap_key_version", 1);
    }
}
