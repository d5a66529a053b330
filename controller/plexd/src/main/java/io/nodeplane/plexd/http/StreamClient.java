package io.nodeplane.plexd.http;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Opens answers that never end; apart from {@link ApiClient} because no total timeout may cut them. Thread-safe. */
@FunctionalInterface
public interface StreamClient {
    /**
     * The body of a 200 answer of type {@code text/event-stream}.
     *
     * <p>A read fails with an {@code IOException} when nothing arrives for the idle limit; closing the stream from another
     * thread ends a blocked read.
     *
     * @param segments path segments, not yet percent-encoded
     * @param lastEventId resume point, if one is known
     */
    InputStream open(List<String> segments, Optional<String> lastEventId, ApiRequest.Credential credential)
            throws ApiException, InterruptedException;
}
