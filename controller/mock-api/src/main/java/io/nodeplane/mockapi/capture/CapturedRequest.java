package io.nodeplane.mockapi.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.http.Body;
import io.nodeplane.mockapi.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/**
 * A request that was received.
 *
 * @param sequence rises by one for every request of the whole mock, from 1
 * @param time when it was received
 * @param endpoint capture name, such as {@code heartbeat}
 * @param nodeId node id of the path, empty when it has none
 * @param headers headers with lower-case names, without credentials
 * @param body bytes after gunzip
 */
public record CapturedRequest(
        long sequence, Instant time, String endpoint, String nodeId, Map<String, String> headers, Body body) {
    /** Copies the headers. */
    public CapturedRequest {
        headers = Map.copyOf(headers);
    }

    /** The body as JSON; {@link UncheckedIOException} when it is none. */
    public JsonNode json() {
        try {
            return Json.parse(body.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(endpoint + ": body is no JSON", e);
        }
    }

    /** The whole as JSON; a body that is no JSON becomes a string. */
    public JsonNode tree() {
        var tree = Json.object()
                .put("sequence", sequence)
                .put("time", time.toString())
                .put("endpoint", endpoint)
                .put("node_id", nodeId);
        tree.set("headers", Json.tree(headers));
        try {
            tree.set("body", body.size() == 0 ? null : Json.parse(body.bytes()));
        } catch (IOException e) {
            tree.put("body", body.text());
        }
        return tree;
    }
}
