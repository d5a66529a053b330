package io.nodeplane.plexd.http;

import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * A 2xx answer.
 *
 * @param body decoded; empty for 204
 */
public record ApiReply(byte[] body, HttpHeaders headers) {
    /** The first value of a header, in any case. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    @Override
    public String toString() {
        return "ApiReply[" + body.length + " bytes]";
    }
}
