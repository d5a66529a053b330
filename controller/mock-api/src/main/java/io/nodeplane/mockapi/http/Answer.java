package io.nodeplane.mockapi.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** What a route answers. */
public sealed interface Answer {
    /** A whole answer with its length known. */
    record Reply(int status, Map<String, String> headers, Body body) implements Answer {
        /** Copies the headers. */
        public Reply {
            headers = Map.copyOf(headers);
        }

        /** The same answer with another body. */
        public Reply body(Body other) {
            return new Reply(status, headers, other);
        }
    }

    /** An answer of status 200 that goes on until the source ends. */
    record Stream(Map<String, String> headers, Source source) implements Answer {
        /** Copies the headers. */
        public Stream {
            headers = Map.copyOf(headers);
        }
    }

    /** Writes a stream's bytes. */
    @FunctionalInterface
    interface Source {
        /** Writes and flushes until the stream is over; returns when nothing more comes. */
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /** Status 204. */
    static Reply noContent() {
        return new Reply(204, Map.of(), Body.EMPTY);
    }

    /** Status 200 with a JSON body. */
    static Reply json(JsonNode tree) {
        return json(200, tree);
    }

    /** A JSON body with any status. */
    static Reply json(int status, JsonNode tree) {
        return new Reply(status, Map.of("Content-Type", "application/json"), Body.of(Json.bytes(tree)));
    }

    /** The error body of the contract: {@code {"error": message}}. */
    static Reply error(int status, String message) {
        return json(status, Json.object().put("error", message));
    }

    /** Status 200 with raw bytes. */
    static Reply octets(Body body) {
        return new Reply(200, Map.of("Content-Type", "application/octet-stream"), body);
    }
}
