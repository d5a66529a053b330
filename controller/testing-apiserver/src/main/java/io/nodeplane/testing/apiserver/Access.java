package io.nodeplane.testing.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.Base64;

/**
 * One account's way to an API server.
 *
 * @param host name of the server, in its certificate
 * @param port of the server on {@code host}
 * @param certificates what the server's certificate is checked with, PEM: the content of a pod's {@code ca.crt}
 * @param token bearer token: the content of a pod's {@code token}
 */
public record Access(String host, int port, String certificates, String token) {

    /** Configuration for a client that acts as the account. It takes nothing from the environment and tries once only. */
    public Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withCaCertData(base64(certificates))
                .withOauthToken(token)
                .withOnlyHttpWatches(true)
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    /** A kubeconfig file, for tools such as kubectl. */
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts:
                  - name: test
                    context: {cluster: test, user: test}
                clusters:
                  - name: test
                    cluster: {server: "%s", certificate-authority-data: "%s"}
                users:
                  - name: test
                    user: {token: "%s"}
                """.formatted(url(), base64(certificates), token);
    }

    /** Address of the server, {@code https://host:port}. */
    public String url() {
        return "https://" + host + ":" + port;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Access[" + url() + "]";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
