package io.nodeplane.plexd.http;

import java.util.List;
import java.util.Optional;

/**
 * One request below the control plane's base URL.
 *
 * @param method HTTP method in capitals
 * @param segments path segments, not yet percent-encoded, for example {@code [v1, nodes, n-1, secrets, app/config]}
 * @param body JSON bytes, absent for a bodyless request
 * @param credential who speaks
 */
public record ApiRequest(String method, List<String> segments, Optional<Body> body, Credential credential) {
    public ApiRequest {
        segments = List.copyOf(segments);
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

    /** Bytes of a body; kept apart so that a request prints without them. */
    public record Body(byte[] json) {
        @Override
        public String toString() {
            return "Body[" + json.length + " bytes]";
        }
    }
}
