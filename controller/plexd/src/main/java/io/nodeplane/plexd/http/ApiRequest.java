package io.nodeplane.plexd.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request below the control plane's base URL.
 *
 * @param method HTTP method in capitals
 * @param segments path segments, not yet percent-encoded, for example {@code [v1, nodes, n-1, secrets, app/config]}
 * @param body absent for a bodyless request
 * @param credential who speaks
 * @param headers of this request only; one of them may replace {@code Accept}
 */
public record ApiRequest(
        String method, List<String> segments, Optional<Body> body, Credential credential, Map<String, String> headers) {
    private static final String JSON = "application/json";

    public ApiRequest {
        segments = List.copyOf(segments);
        headers = Map.copyOf(headers);
    }

    /** A request with no headers of its own. */
    public ApiRequest(String method, List<String> segments, Optional<Body> body, Credential credential) {
        this(method, segments, body, credential, Map.of());
    }

    /** The bearer to send: none, or a secret that never shows in {@code toString}. */
    public sealed interface Credential {
        /** No Authorization header. */
        record None() implements Credential {}

        /** {@code Authorization: Bearer <value>}. */
        record Bearer(String value) implements Credential {
            @Override
            public String toString() {
                return "Bearer[masked]";
            }
        }
    }

    /**
     * Bytes of a body; kept apart so that a request prints without them.
     *
     * @param compressible whether the receiver takes gzip for this request; used above 1024 bytes
     */
    public record Body(byte[] bytes, String contentType, boolean compressible) {
        /** JSON that may be compressed. */
        public Body(byte[] json) {
            this(json, JSON, true);
        }

        /** JSON for a receiver that takes no compressed bodies here. */
        public static Body plain(byte[] json) {
            return new Body(json, JSON, false);
        }

        @Override
        public String toString() {
            return "Body[" + bytes.length + " bytes]";
        }
    }
}
