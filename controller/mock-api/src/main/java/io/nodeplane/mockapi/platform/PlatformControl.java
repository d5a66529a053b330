package io.nodeplane.mockapi.platform;

import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Shape;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tests do to a running mock of the platform; the library and the test routes share it. Thread-safe. */
public final class PlatformControl {
    private final PlatformDesk desk;

    /** Control over the given desk. */
    public PlatformControl(PlatformDesk desk) {
        this.desk = desk;
    }

    /** Replaces the state document, with its executions; {@link Problem} 400 when it has other members than the contract. */
    public void state(String json) {
        var document =
                PlatformGate.checked(json.getBytes(StandardCharsets.UTF_8), PlatformShapes.STATE, "malformed_state");
        desk.fixture().state(document);
        desk.executions().configure(document.path("executions"), Optional.empty());
    }

    /** Gives one node executions of its own, in place of those that it had; {@link Problem} 400 when they are none. */
    public void executions(String nodeId, String json) {
        var document =
                PlatformGate.checked(json.getBytes(StandardCharsets.UTF_8), PlatformShapes.STATE, "malformed_state");
        desk.executions().configure(document.path("executions"), Optional.of(nodeId));
    }

    /** Replaces the answer to heartbeats; a wish for new keys holds until each node has told one. */
    public void heartbeatAnswer(boolean reconcile, boolean rotateKeys) {
        desk.shared()
                .fixture()
                .heartbeat(Json.object().put("reconcile", reconcile).put("rotate_keys", rotateKeys));
        desk.rotations().arm(rotateKeys);
    }

    /**
     * Sends an event to all streams, stamped now and signed.
     *
     * @param event JSON object {@code {id, type, scope?, payload?}}
     */
    public void inject(String event) {
        inject(event, Set.of(), Optional.empty());
    }

    /**
     * Sends an event with some members as they are.
     *
     * @param keep {@code issued_at}, {@code key_id}, {@code signature}
     * @param nodeId one node only
     */
    public void inject(String event, Set<String> keep, Optional<String> nodeId) {
        var tree =
                PlatformGate.checked(event.getBytes(StandardCharsets.UTF_8), PlatformShapes.EVENT, "malformed_event");
        if (tree.path("type").asText().equals("rotate_keys")) {
            desk.rotations().arm(true);
        }
        desk.shared().counters().raise("inject_event");
        desk.events().send(PlatformEvent.of(tree), keep, nodeId);
    }

    /** Tells a fresh signing key, and signs with it from then on. */
    public void rotateSigningKey(String nextId, Duration transition) {
        desk.events().rotateKey(nextId, transition);
    }

    /** Offers no events (501) and ends the open streams, or offers them again. */
    public void descopeEvents(boolean off) {
        desk.events().descope(off);
    }

    /** Another version of the secrets, and how many requests from now on are too many. */
    public void secrets(int currentVersion, int rateLimitNext, int retryAfterSeconds) {
        desk.fixture().secrets(currentVersion, rateLimitNext, retryAfterSeconds);
    }

    /** How long an endpoint that was told counts as fresh. */
    public void endpointLife(Duration life) {
        desk.fixture().endpointLife(life);
    }

    /** One more execution, for any node; {@link Problem} 400 when it is none of the contract. */
    public void execution(String json) {
        var state = PlatformGate.checked(
                ("{\"executions\":[" + json + "]}").getBytes(StandardCharsets.UTF_8),
                PlatformShapes.STATE,
                "malformed_state");
        desk.executions().add(state.path("executions").path(0), Optional.empty());
    }

    /** Name of the key that signs events now. */
    public String signingKeyId() {
        return desk.events().keyId();
    }

    /** The mesh key that a node told last; empty for a node that nobody knows. */
    public Optional<String> meshKey(String nodeId) {
        return desk.rotations().key(nodeId);
    }

    /** Whether a node still owes a new mesh key. */
    public boolean owesMeshKey(String nodeId) {
        return desk.rotations().isDue(nodeId);
    }

    /** Status of each configured execution. */
    public Map<String, String> executions() {
        return desk.executions().statuses();
    }

    /** Checks a body of a test route. */
    static com.fasterxml.jackson.databind.JsonNode body(byte[] json, Shape shape) {
        return PlatformGate.checked(json, shape, "malformed_test_request");
    }
}
