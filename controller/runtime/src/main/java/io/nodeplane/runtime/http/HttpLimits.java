package io.nodeplane.runtime.http;

import java.time.Duration;

/**
 * What one listener bears.
 *
 * @param connections at the same time; a further one is closed at once
 * @param headerBytes of one request, request line included
 * @param header time for the whole header: a client that sends byte by byte gains nothing
 * @param body time for the whole body
 * @param answer time for the client to take the answer
 */
public record HttpLimits(int connections, int headerBytes, Duration header, Duration body, Duration answer) {
    /** As the health listener has had them from the start (protocol facts 10.6). */
    public static final HttpLimits SMALL =
            new HttpLimits(64, 8 * 1024, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10));

    /** With another number of connections. */
    public HttpLimits withConnections(int atMost) {
        return new HttpLimits(atMost, headerBytes, header, body, answer);
    }
}
