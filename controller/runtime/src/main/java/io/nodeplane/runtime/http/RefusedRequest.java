package io.nodeplane.runtime.http;

import java.util.Map;

/** A request that gets no further; the message goes back to the client, so it tells nothing that the client may not know. */
public final class RefusedRequest extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, String> headers;

    public RefusedRequest(int status, String message) {
        this(status, message, Map.of());
    }

    /**
     * With headers for the answer.
     *
     * @param headers for example {@code Allow} with a 405
     */
    public RefusedRequest(int status, String message, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Headers of the answer. */
    public Map<String, String> headers() {
        return headers;
    }

    /** What is said to the client. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
