package io.nodeplane.plexd.local;

import java.net.Socket;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

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
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .sslParameters(parameters);
        if (insecureSkipVerify) {
            builder.sslContext(trustingAnything());
        }
        return new LocalClient(builder.build());
    }

    HttpClient http() {
        return http;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static SSLContext trustingAnything() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the run time has no TLS", missing);
        }
    }

    /** Extended, because the JDK adds its own host name check around a plain trust manager (protocol facts 6.1). */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
