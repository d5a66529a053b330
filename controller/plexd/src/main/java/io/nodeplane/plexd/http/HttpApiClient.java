package io.nodeplane.plexd.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests over the JDK's client with every rule of the protocol facts, section 3.1. Thread-safe.
 *
 * <p>Redirects are never followed, so neither bearer nor body reaches a host that the configuration does not name.
 */
public final class HttpApiClient implements ApiClient, AutoCloseable {
    /** Bodies above this many bytes are compressed where the receiver takes that. */
    static final int COMPRESS_ABOVE = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpApiClient.class);

    private final ApiConfig config;
    private final String version;
    private final Clock clock;
    private final HttpMetrics metrics;
    private final HttpClient client;

    /**
     * Opens no connection yet.
     *
     * @param version of the agent, for {@code User-Agent}
     * @param clock measures {@code Retry-After} dates
     */
    public HttpApiClient(ApiConfig config, String version, Clock clock, HttpMetrics metrics) {
        this.config = config;
        this.version = version;
        this.clock = clock;
        this.metrics = metrics;
        client = Exchange.client(config, "plexd-http");
        if (config.tlsInsecureSkipVerify()) {
            LOG.atWarn()
                    .addKeyValue("key", "api.tls_insecure_skip_verify")
                    .addKeyValue("host", config.baseUrl().getHost())
                    .log("control plane's certificate is not checked: anyone on the way can read and change"
                            + " everything");
        }
    }

    @Override
    public ApiReply exchange(ApiRequest request) throws ApiException, InterruptedException {
        try {
            var reply = answered(request);
            metrics.succeeded(request.method());
            return reply;
        } catch (ApiException failure) {
            metrics.failed(request.method(), failure);
            throw failure;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private ApiReply answered(ApiRequest request) throws ApiException, InterruptedException {
        var response = Exchange.await(
                client,
                wired(request),
                info -> BoundedBody.upTo(Answer.limit(info.statusCode()), info),
                config.requestTimeout());
        var name = request.method() + " " + Target.path(request.segments());
        var answer = new Answer(
                name,
                Exchange.secret(request.credential()),
                response.statusCode(),
                response.headers(),
                response.body());
        return new ApiReply(answer.body(clock.instant()), response.headers());
    }

    private HttpRequest wired(ApiRequest request) {
        var wired = Exchange.request(Target.of(config.baseUrl(), request.segments()), version, request.credential())
                .setHeader("Accept", "application/json")
                .header("Accept-Encoding", "gzip");
        request.headers().forEach(wired::setHeader);
        return wired.method(request.method(), publisher(request.body(), wired)).build();
    }

    private static BodyPublisher publisher(Optional<ApiRequest.Body> body, HttpRequest.Builder headers) {
        if (body.isEmpty()) {
            return BodyPublishers.noBody();
        }
        var bytes = body.get().bytes();
        headers.header("Content-Type", body.get().contentType());
        if (bytes.length <= COMPRESS_ABOVE || !body.get().compressible()) {
            return BodyPublishers.ofByteArray(bytes);
        }
        headers.header("Content-Encoding", "gzip");
        return BodyPublishers.ofByteArray(Gzip.compress(bytes));
    }
}
