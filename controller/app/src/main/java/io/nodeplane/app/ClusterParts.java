package io.nodeplane.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.cluster.ClusterClient;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.plexd.environment.KubernetesEnvironment;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.nodestate.NodeStateSync;
import io.nodeplane.plexd.report.ReportOutbox;
import io.nodeplane.plexd.report.ReportSource;
import io.nodeplane.runtime.lifecycle.Part;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The parts that talk to the API server of the cluster. */
record ClusterParts(KubernetesClient client, NodeStateSync sync) {
    /** Empty outside Kubernetes or when the configuration says so. */
    static Optional<ClusterParts> of(
            PlexdConfig config,
            Surroundings surroundings,
            Map<String, String> variables,
            Identity identity,
            ReportOutbox outbox,
            Foundation foundation,
            RandomGenerator random) {
        var kubernetes = config.kubernetes();
        var client = kubernetes.crdEnabled() ? client(config, variables) : Optional.<KubernetesClient>empty();
        if (client.isEmpty()) {
            return Optional.empty();
        }
        Runnable died = () -> foundation.subsystems().unmet("subsystem stopped");
        var nodeName =
                surroundings.kubernetes().map(KubernetesEnvironment::nodeName).filter(name -> !name.isEmpty());
        var sync = NodeStateSync.over(
                client.get(),
                kubernetes.namespace(),
                new NodeStateSync.Settings(identity, nodeName, kubernetes.crdSyncInterval()),
                random,
                entries -> outbox.offer(ReportSource.NODE_STATE, entries),
                foundation.figures().nodeState(),
                died);
        return Optional.of(new ClusterParts(client.get(), sync));
    }

    /** A client with the pod's own account; empty outside Kubernetes or when the configuration says so. */
    static Optional<KubernetesClient> client(PlexdConfig config, Map<String, String> variables) {
        var host = variables.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        var kubernetes = config.kubernetes();
        if (!kubernetes.enabled() || host.isEmpty()) {
            return Optional.empty();
        }
        var caPath = Objects.requireNonNull(
                        kubernetes.tokenPath().toAbsolutePath().getParent())
                .resolve("ca.crt");
        return Optional.of(ClusterClient.inCluster(
                server(host, variables), kubernetes.tokenPath(), caPath, "plexd/" + Version.TEXT));
    }

    /** In start order; the client is closed last. */
    List<Part> all() {
        return List.of(new ClientPart(client), sync);
    }

    Standing.NodeStateStanding standing() {
        return new Standing.NodeStateStanding(sync.objectName(), sync.standing());
    }

    /** An IPv6 address needs brackets in a URL. */
    private static String server(String host, Map<String, String> variables) {
        var shown = host.contains(":") ? "[" + host + "]" : host;
        return "https://" + shown + ":" + variables.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    }

    /** Closes a client after the parts that use it. */
    record ClientPart(KubernetesClient client) implements Part {
        @Override
        public String name() {
            return "kubernetes-client";
        }

        @Override
        public void start() {
            // Connects with its first request.
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
