package io.nodeplane.plexd.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Transport security of every client of the agent: TLS 1.2 or newer (protocol facts 3.1). */
public final class Tls {
    private Tls() {}

    /**
     * Whom to trust.
     *
     * @param insecureSkipVerify takes any certificate and any host name; otherwise the runtime's own certificates decide
     */
    public static SSLContext trust(boolean insecureSkipVerify) {
        try {
            if (!insecureSkipVerify) {
                return SSLContext.getDefault();
            }
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustEverything()}, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the Java runtime has no usable TLS", missing);
        }
    }

    /** TLS 1.3 and 1.2, nothing older. */
    public static SSLParameters versions() {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return parameters;
    }

    /** Extended, because the JDK adds its own host name check behind a plain {@code X509TrustManager}. */
    private static final class TrustEverything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
