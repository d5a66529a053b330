package io.nodeplane.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.cluster.ClusterClient;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.nodestate.NodeStateSync;
import io.nodeplane.plexd.report.ReportOutbox;
import io.nodeplane.plexd.report.ReportSource;
import io.nodeplane.runtime.lifecycle.Part;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The parts that talk to the API server of the cluster. */
record ClusterParts(KubernetesClient client, NodeStateSync sync, Signals signals) {
    /** Empty outside Kubernetes or when the configuration says so. */
    static Optional<ClusterParts> of(
            PlexdConfig config,
            Surroundings surroundings,
            Map<String, String> variables,
            Identity identity,
            ReportOutbox outbox,
            Foundation foundation,
            Signals signals,
            RandomGenerator random) {
        var kubernetes = config.kubernetes();
        var client = kubernetes.crdEnabled() ? client(config, variables) : Optional.<KubernetesClient>empty();
        if (client.isEmpty()) {
            return Optional.empty();
        }
        Runnable died = () -> foundation.subsystems().unmet("subsystem stopped");
        var nodeName = surroundings.nodeName();
        var sync = NodeStateSync.over(
                client.get(),
                kubernetes.namespace(),
                new NodeStateSync.Settings(identity, nodeName, kubernetes.crdSyncInterval()),
                random,
                entries -> outbox.offer(ReportSource.NODE_STATE, entries),
                foundation.figures().nodeState(),
                died);
        return Optional.of(new ClusterParts(client.get(), sync, signals));
    }

    /** A client with the pod's own account; empty outside Kubernetes or when the configuration says so. */
    static Optional<KubernetesClient> client(PlexdConfig config, Map<String, String> variables) {
        return reached(config, variables)
                .map(way ->
                        ClusterClient.inCluster(way.server(), way.tokenPath(), way.caPath(), "plexd/" + Version.TEXT));
    }

    /** Where the API server is, and the files that Kubernetes mounts for it. */
    record Reached(String server, Path tokenPath, Path caPath) {}

    /** Empty outside Kubernetes or when the configuration says so. */
    static Optional<Reached> reached(PlexdConfig config, Map<String, String> variables) {
        var host = variables.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        var kubernetes = config.kubernetes();
        if (!kubernetes.enabled() || host.isEmpty()) {
            return Optional.empty();
        }
        var caPath = Objects.requireNonNull(
                        kubernetes.tokenPath().toAbsolutePath().getParent())
                .resolve("ca.crt");
        return Optional.of(new Reached(server(host, variables), kubernetes.tokenPath(), caPath));
    }

    /** In start order; the client is closed last. */
    List<Part> all() {
        return List.of(new ClientPart(client), new LeavingPart(sync::withdraw, signals), sync);
    }

    Standing.NodeStateStanding standing() {
        return new Standing.NodeStateStanding(sync.objectName(), sync.standing());
    }

    /** An IPv6 address needs brackets in a URL. */
    private static String server(String host, Map<String, String> variables) {
        var shown = host.contains(":") ? "[" + host + "]" : host;
        return "https://" + shown + ":" + variables.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    }

    /** When the node has left the control plane, takes its object along once nothing writes it any more. */
    record LeavingPart(Runnable withdrawal, Signals signals) implements Part {
        @Override
        public String name() {
            return "leaving";
        }

        @Override
        public void start() {
            // Acts at the end only.
        }

        @Override
        public void close() {
            if (signals.farewell().isPresent()) {
                withdrawal.run();
            }
        }
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
