package io.nodeplane.plexd.http;

/** Sends one request and waits for the whole answer (protocol facts 3.1). Thread-safe. */
@FunctionalInterface
public interface ApiClient {
    /**
     * A 2xx answer.
     *
     * @throws ApiException for everything else, classified
     * @throws InterruptedException when the caller is being stopped
     */
    ApiReply exchange(ApiRequest request) throws ApiException, InterruptedException;

    /** The decoded body of a 2xx answer, empty for 204. */
    default byte[] send(ApiRequest request) throws ApiException, InterruptedException {
        return exchange(request).body();
    }
}
