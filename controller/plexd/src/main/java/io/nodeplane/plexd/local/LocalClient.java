package io.nodeplane.plexd.local;

import io.nodeplane.plexd.http.Tls;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;

/**
 * The HTTP client of the local endpoints, apart from the control plane's so that their trust never mixes. One instance per
 * trust setting serves all pipelines. Thread-safe.
 */
public final class LocalClient implements AutoCloseable {
    /** Connect, and whole request (protocol facts 6.1). */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;

    private LocalClient(HttpClient http) {
        this.http = http;
    }

    /**
     * A client with TLS 1.2 or newer, no redirects and HTTP/1.1.
     *
     * @param insecureSkipVerify accept any certificate for any host name
     */
    public static LocalClient of(boolean insecureSkipVerify) {
        return new LocalClient(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .sslContext(Tls.trust(insecureSkipVerify))
                .sslParameters(Tls.versions())
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("local-endpoint").factory()))
                .build());
    }

    HttpClient http() {
        return http;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
