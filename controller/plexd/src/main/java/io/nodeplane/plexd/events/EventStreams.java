package io.nodeplane.plexd.events;

import io.nodeplane.plexd.http.ApiException;
import java.io.InputStream;
import java.util.Optional;

/** Opens the control plane's server-sent events (WHATWG HTML, section 9.2; protocol facts 3.6). */
@FunctionalInterface
public interface EventStreams {
    /**
     * The raw stream; closing it ends the connection. Reads are interrupted by closing from another thread.
     *
     * @param lastEventId resume point, absent on a first connection
     */
    InputStream open(Optional<String> lastEventId) throws ApiException, InterruptedException;
}
