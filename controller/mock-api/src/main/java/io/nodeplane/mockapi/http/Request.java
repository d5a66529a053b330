package io.nodeplane.mockapi.http;

import java.util.Map;
import java.util.Optional;

/**
 * A request as routes see it.
 *
 * @param method HTTP method, upper case
 * @param path raw path, still percent-encoded
 * @param query decoded query parameters; of several with one name the last
 * @param headers headers with lower-case names; several values of one name are joined by a comma
 * @param body bytes after gunzip
 * @param tls true when it came by the TLS listener
 */
public record Request(
        String method, String path, Map<String, String> query, Map<String, String> headers, Body body, boolean tls) {

    /** Copies the maps. */
    public Request {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** Value of a header, by its lower-case name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Value of a query parameter. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** Names the request without headers, query or body: they may hold credentials. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
