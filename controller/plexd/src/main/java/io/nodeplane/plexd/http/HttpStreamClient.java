package io.nodeplane.plexd.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The event stream's own client: the limit of one request holds up to the headers, afterwards only silence ends the
 * stream (protocol facts 3.1: upstream cut every stream after 30 s). Thread-safe.
 */
public final class HttpStreamClient implements StreamClient, AutoCloseable {
    private static final String EVENT_STREAM = "text/event-stream";

    private final ApiConfig config;
    private final String version;
    private final Clock clock;
    private final HttpMetrics metrics;
    private final HttpClient client;

    /** Opens no connection yet. */
    public HttpStreamClient(ApiConfig config, String version, Clock clock, HttpMetrics metrics) {
        this.config = config;
        this.version = version;
        this.clock = clock;
        this.metrics = metrics;
        client = Exchange.client(config, "plexd-stream");
    }

    @Override
    public InputStream open(List<String> segments, Optional<String> lastEventId, ApiRequest.Credential credential)
            throws ApiException, InterruptedException {
        try {
            var request = request(segments, lastEventId, credential);
            var response = Exchange.await(client, request, HttpStreamClient::body, config.requestTimeout());
            var stream = accepted(response, "GET " + Target.path(segments), Exchange.secret(credential));
            metrics.succeeded("STREAM");
            return stream;
        } catch (ApiException failure) {
            metrics.failed("STREAM", failure);
            throw failure;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest request(List<String> segments, Optional<String> lastEventId, ApiRequest.Credential credential) {
        var request = Exchange.request(Target.of(config.baseUrl(), segments), version, credential)
                .header("Accept", EVENT_STREAM)
                .header("Cache-Control", "no-cache");
        lastEventId.filter(HttpStreamClient::fitsHeader).ifPresent(id -> request.header("Last-Event-ID", id));
        return request.GET().build();
    }

    /** The stream itself when it was granted; else at most one error's worth of bytes, under the request's limit. */
    private static BodySubscriber<InputStream> body(HttpResponse.ResponseInfo answer) {
        return answer.statusCode() == 200
                ? BodySubscribers.ofInputStream()
                : BodySubscribers.mapping(
                        BoundedBody.upTo(Answer.MAX_ERROR_BODY, answer),
                        content -> new ByteArrayInputStream(content.bytes()));
    }

    private InputStream accepted(HttpResponse<InputStream> response, String name, String secret) throws ApiException {
        var type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (response.statusCode() == 200 && type.startsWith(EVENT_STREAM)) {
            var stream = new IdleLimitedStream(response.body(), config.sseIdleTimeout());
            stream.start();
            return stream;
        }
        if (response.statusCode() / 100 == 2) {
            close(response.body());
            throw new ApiException.Malformed(name + ": answer is no " + EVENT_STREAM + " but '" + type + "'", null);
        }
        var content = new BoundedBody.Content(bytes(response.body()), true);
        throw new Answer(name, secret, response.statusCode(), response.headers(), content).failure(clock.instant());
    }

    private static boolean fitsHeader(String id) {
        return !id.isEmpty() && id.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static byte[] bytes(InputStream buffered) {
        try (buffered) {
            return buffered.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void close(InputStream unwanted) {
        try (unwanted) {
            return;
        } catch (IOException broken) {
            // It is not read any further, so how it ends does not matter.
            return;
        }
    }
}
