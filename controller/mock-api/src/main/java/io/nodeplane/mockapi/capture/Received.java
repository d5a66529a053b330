package io.nodeplane.mockapi.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.wire.Json;
import java.time.Instant;

/**
 * One record of a batch: a metric, a log line, an audit event.
 *
 * @param time when its batch was received
 * @param nodeId node id of the path, empty at the local endpoints
 * @param text the record's JSON text as received
 */
public record Received(Instant time, String nodeId, String text) {
    /** The record as a tree. */
    public JsonNode json() {
        return Json.known(text);
    }
}
