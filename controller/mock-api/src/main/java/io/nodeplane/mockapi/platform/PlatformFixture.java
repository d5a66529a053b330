package io.nodeplane.mockapi.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nodeplane.mockapi.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;

/** What the mock answers with: state, endpoint life time, secrets. Thread-safe. SOURCE: facts 3.5 and 10.3. */
final class PlatformFixture {
    private JsonNode state = resource();
    private Duration endpointLife = Duration.ofMinutes(5);
    private int secretVersion = 1;
    private int rateLimited;
    private int retryAfterSeconds = 1;

    private static JsonNode resource() {
        var name = "state.json";
        try (var in = Objects.requireNonNull(PlatformFixture.class.getResourceAsStream(name), name)) {
            return Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** The state document but for its executions, which have a life of their own. */
    synchronized ObjectNode state() {
        return ((ObjectNode) state).deepCopy();
    }

    /** Replaces the state document; blocks that are absent are answered as null, lists as empty. */
    synchronized void state(JsonNode document) {
        var whole = Json.object();
        for (var block : state.properties()) {
            var isList = block.getValue().isArray();
            var given = document.get(block.getKey());
            whole.set(block.getKey(), given != null ? given : isList ? Json.tree(new Object[0]) : null);
        }
        state = whole;
    }

    synchronized JsonNode peers() {
        return state.path("peers");
    }

    synchronized Duration endpointLife() {
        return endpointLife;
    }

    synchronized void endpointLife(Duration life) {
        endpointLife = life;
    }

    /** The version that secrets have at least. */
    synchronized int secretVersion() {
        return secretVersion;
    }

    /** Another version, and how many requests from now on are too many. */
    synchronized void secrets(int version, int tooMany, int retryAfter) {
        secretVersion = version;
        rateLimited = tooMany;
        retryAfterSeconds = retryAfter;
    }

    /** Fails when this request is one too many. */
    synchronized void admitSecret() {
        if (rateLimited > 0) {
            rateLimited--;
            throw Problem.rateLimited("per_node_rate_limited", retryAfterSeconds);
        }
    }
}
