package io.nodeplane.app.chaos;

import io.nodeplane.mockapi.tls.SelfSigned;
import io.nodeplane.testing.apiserver.Access;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Stands between an agent and the API server, ends TLS on both sides, and passes HTTP/1.1 on according to its mood. */
final class ApiServerProxy implements AutoCloseable {
    /** What it does to what passes. */
    enum Mood {
        /** Nothing. */
        FINE,
        /** Every connection ends, and none is taken. */
        CUT,
        /** Nothing passes, nothing ends. */
        STALLED,
        /** The next answers end in their middle. */
        HALF,
        /** Watches are told that their place is gone (410), as an event of the stream. */
        EXPIRED
    }

    private final SelfSigned identity = SelfSigned.create(Clock.systemUTC());
    private final ServerSocket listener;
    private final Access upstream;
    private final SSLContext trust;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Mood mood = Mood.FINE;

    ApiServerProxy(Access upstream) throws IOException, GeneralSecurityException {
        this.upstream = upstream;
        this.trust = trusting(upstream.certificates());
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("chaos-proxy").start(this::accept);
    }

    private static SSLContext trusting(String pem) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
            store.setCertificateEntry("server-" + store.size(), certificate);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** Port on the loopback device. */
    int port() {
        return listener.getLocalPort();
    }

    /** What an agent checks the proxy with, as in a pod's {@code ca.crt}. */
    String certificates() throws CertificateEncodingException {
        var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN CERTIFICATE-----\n"
                + encoder.encodeToString(identity.certificate().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** Changes what happens from now on, also on connections that are open. */
    void become(Mood next) {
        mood = next;
        // A watch learns that its place is gone when it comes back.
        if (next == Mood.CUT || next == Mood.EXPIRED) {
            open.forEach(ApiServerProxy::drop);
        }
    }

    Mood mood() {
        return mood;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                if (mood == Mood.CUT) {
                    drop(client);
                } else {
                    Thread.ofVirtual().name("chaos-proxy-connection").start(() -> connect(client));
                }
            } catch (IOException closed) {
                // The loop ends with the listener.
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                var server = new Socket(upstream.host(), upstream.port())) {
            open.add(client);
            open.add(server);
            var inside = (SSLSocket)
                    identity.context().getSocketFactory().createSocket(client, null, client.getPort(), false);
            inside.setUseClientMode(false);
            var outside = trust.getSocketFactory().createSocket(server, upstream.host(), upstream.port(), false);
            new ProxiedConnection(this, inside, outside, () -> {
                        drop(client);
                        drop(server);
                    })
                    .run();
            open.remove(client);
            open.remove(server);
        } catch (IOException broken) {
            open.remove(client);
        }
    }

    /** Without a farewell, as a cable that is cut. */
    private static void drop(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is gone, which is all that is wanted.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        become(Mood.CUT);
    }
}
