package io.nodeplane.plexd.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.nodeplane.model.ModelJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The API server as the agent's pod reaches it: the light settings of the fabric8 client, nothing looked up by itself. */
public final class ClusterClient {
    /** For the head of an answer. A request that is given up too early is work in vain for a busy API server, and comes again. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private static final Executor VIRTUAL_THREADS =
            task -> Thread.ofVirtual().name("kubernetes-client").start(task);

    private ClusterClient() {}

    /**
     * Opens no connection.
     *
     * @param server base URL, for example {@code https://10.96.0.1:443}
     * @param tokenPath service-account token, read for each request because the kubelet replaces it every hour
     * @param caPath PEM bundle that the server's certificate is checked against
     */
    public static KubernetesClient inCluster(String server, Path tokenPath, Path caPath, String userAgent) {
        return open(new ConfigBuilder(Config.empty())
                .withMasterUrl(server)
                .withCaCertFile(caPath.toString())
                .withOauthTokenProvider(() -> token(tokenPath))
                .withUserAgent(userAgent)
                .build());
    }

    /** Opens a client with the light settings over any configuration. */
    public static KubernetesClient open(Config config) {
        // Plain chunked watches: no WebSocket code is loaded. Retries are ours, so that they are logged and spread.
        config.setOnlyHttpWatches(true);
        config.setRequestRetryBackoffLimit(0);
        config.setRequestTimeout(Math.toIntExact(ANSWER_LIMIT.toMillis()));
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new VirtualThreads())
                .withTaskExecutor(VIRTUAL_THREADS)
                .withKubernetesSerialization(ModelJson.serialization())
                .build();
    }

    private static String token(Path path) {
        try {
            return Files.readString(path).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("service-account token " + path + " cannot be read", unreadable);
        }
    }

    /** The JDK client without a pool of platform threads. */
    private static final class VirtualThreads extends JdkHttpClientFactory {
        @Override
        protected void additionalConfig(HttpClient.Builder builder) {
            builder.executor(VIRTUAL_THREADS);
        }
    }
}
