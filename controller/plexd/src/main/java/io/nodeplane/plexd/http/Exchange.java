package io.nodeplane.plexd.http;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What the request client and the stream client share: how a connection is made, and how an answer is waited for. */
final class Exchange {
    private Exchange() {}

    static HttpClient client(ApiConfig config, String threads) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.connectTimeout())
                .sslContext(Tls.trust(config.tlsInsecureSkipVerify()))
                .sslParameters(Tls.versions())
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(threads).factory()))
                .build();
    }

    static HttpRequest.Builder request(URI target, String version, ApiRequest.Credential credential) {
        var request = HttpRequest.newBuilder(target).header("User-Agent", "plexd/" + version);
        return switch (credential) {
            case ApiRequest.Credential.None _ -> request;
            case ApiRequest.Credential.Bearer bearer -> request.header("Authorization", "Bearer " + bearer.value());
        };
    }

    /** The bearer to keep out of messages, empty when none is sent. */
    static String secret(ApiRequest.Credential credential) {
        return switch (credential) {
            case ApiRequest.Credential.None _ -> "";
            case ApiRequest.Credential.Bearer bearer -> bearer.value();
        };
    }

    /**
     * Waits for an answer. The limit covers everything up to the end of the body, which the JDK's own request timeout does
     * not: it stops counting at the headers.
     */
    static <T> HttpResponse<T> await(
            HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> handler, Duration limit)
            throws ApiException, InterruptedException {
        var pending = client.sendAsync(request, handler);
        try {
            return pending.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            pending.cancel(true);
            throw stopped;
        } catch (TimeoutException late) {
            pending.cancel(true);
            throw new ApiException.Unreachable(describe(request) + ": no whole answer within " + limit, late);
        } catch (ExecutionException failed) {
            throw unreachable(request, failed);
        }
    }

    private static ApiException unreachable(HttpRequest request, ExecutionException failed) {
        var cause = failed.getCause() == null ? failed : failed.getCause();
        return new ApiException.Unreachable(describe(request) + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return "connecting timed out";
        }
        if (cause instanceof ConnectException) {
            return cause.getCause() instanceof UnresolvedAddressException ? "unknown host" : "connection refused";
        }
        if (cause instanceof SSLException) {
            return "TLS failed: " + cause.getMessage();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String describe(HttpRequest request) {
        var target = request.uri();
        return request.method() + " " + target.getRawPath() + " at " + target.getHost() + ":" + target.getPort();
    }
}
