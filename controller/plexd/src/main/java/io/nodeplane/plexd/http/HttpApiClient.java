package io.nodeplane.plexd.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests over the JDK's client with every rule of the protocol facts, section 3.1. Thread-safe.
 *
 * <p>Redirects are never followed, so neither bearer nor body reaches a host that the configuration does not name.
 */
public final class HttpApiClient implements ApiClient, Uploads, AutoCloseable {
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
    public void put(String url, List<byte[]> parts) throws ApiException, InterruptedException {
        try {
            uploaded(UploadTarget.of(url, config.baseUrl()), parts);
            metrics.succeeded("PUT");
        } catch (ApiException failure) {
            metrics.failed("PUT", failure);
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

    private void uploaded(UploadTarget target, List<byte[]> parts) throws ApiException, InterruptedException {
        // Parts of known length make a body of known length, without a copy of them all.
        var body = BodyPublishers.concat(
                parts.stream().map(BodyPublishers::ofByteArray).toArray(BodyPublisher[]::new));
        var request = Exchange.request(target.uri(), version, new ApiRequest.Credential.None())
                .header("Content-Type", "application/octet-stream")
                .PUT(body)
                .build();
        var response = Exchange.await(
                client, request, info -> BoundedBody.upTo(Answer.MAX_ERROR_BODY, info), config.requestTimeout());
        if (response.statusCode() / 100 == 3) {
            throw new ApiException.Rejected(
                    response.statusCode(),
                    target.shown() + ": status " + response.statusCode() + " (redirects are not followed)");
        }
        if (response.statusCode() / 100 != 2) {
            throw new Answer(
                            target.shown(), target.secret(), response.statusCode(), response.headers(), response.body())
                    .failure(clock.instant());
        }
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
