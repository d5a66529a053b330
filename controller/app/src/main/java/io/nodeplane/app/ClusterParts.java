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
import io.nodeplane.plexd.report.Reports;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.retry.Sleeper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The parts that talk to the API server of the cluster, and the outbox they fill. */
record ClusterParts(KubernetesClient client, NodeStateSync sync, ReportOutbox outbox) {
    /** Empty outside Kubernetes or when the configuration says so. */
    static Optional<ClusterParts> of(
            PlexdConfig config,
            Surroundings surroundings,
            Map<String, String> variables,
            Identity identity,
            Reports reports,
            Foundation foundation,
            RandomGenerator random) {
        var kubernetes = config.kubernetes();
        var host = variables.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (!kubernetes.crdEnabled() || host.isEmpty()) {
            return Optional.empty();
        }
        Runnable died = () -> foundation.subsystems().unmet("subsystem stopped");
        var caPath = Objects.requireNonNull(
                        kubernetes.tokenPath().toAbsolutePath().getParent())
                .resolve("ca.crt");
        var client = ClusterClient.inCluster(
                server(host, variables), kubernetes.tokenPath(), caPath, "plexd/" + Version.TEXT);
        var outbox = new ReportOutbox(reports, config.dataDir(), foundation.clock(), Sleeper.REAL, random, died);
        var nodeName =
                surroundings.kubernetes().map(KubernetesEnvironment::nodeName).filter(name -> !name.isEmpty());
        var sync = NodeStateSync.over(
                client,
                kubernetes.namespace(),
                new NodeStateSync.Settings(identity, nodeName, kubernetes.crdSyncInterval()),
                random,
                entries -> outbox.offer(ReportSource.NODE_STATE, entries),
                foundation.figures().nodeState(),
                died);
        return Optional.of(new ClusterParts(client, sync, outbox));
    }

    /** In start order; the client is closed last. */
    List<Part> all() {
        return List.of(new ClientPart(client), outbox, sync);
    }

    Standing.NodeStateStanding standing() {
        return new Standing.NodeStateStanding(sync.objectName(), sync.standing());
    }

    /** An IPv6 address needs brackets in a URL. */
    private static String server(String host, Map<String, String> variables) {
        var shown = host.contains(":") ? "[" + host + "]" : host;
        return "https://" + shown + ":" + variables.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    }

    private record ClientPart(KubernetesClient client) implements Part {
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
