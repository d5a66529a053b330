package io.nodeplane.app.chaos;

import io.nodeplane.app.PodAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a pod on one node has of the cluster.
 *
 * @param name of its namespace and of its node
 * @param directory with token and certificates
 * @param proxy its way to the API server
 */
record ClusterAccount(String name, Path directory, ApiServerProxy proxy) implements AutoCloseable {
    /** Members of the section {@code kubernetes}. */
    String config() {
        return "namespace: %s, token_path: '%s/token', crd_sync_interval: 1s".formatted(name, directory);
    }

    /** As the kubelet sets them. */
    Map<String, String> variables() {
        return Map.of(
                "KUBERNETES_SERVICE_HOST",
                "127.0.0.1",
                "KUBERNETES_SERVICE_PORT",
                String.valueOf(proxy.port()),
                "MY_NODE_NAME",
                name);
    }

    /** Options of the Java of the agent. */
    List<String> options() {
        return List.of("-D" + PodAgent.ACCOUNT + "=" + directory);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
    }
}
