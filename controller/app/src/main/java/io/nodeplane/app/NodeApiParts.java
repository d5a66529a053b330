package io.nodeplane.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.nodeapi.NodeApi;
import io.nodeplane.plexd.nodeapi.services.Departure;
import io.nodeplane.plexd.nodeapi.services.NodeActions;
import io.nodeplane.plexd.nodeapi.services.NodeSecrets;
import io.nodeplane.plexd.nodeapi.services.ServedState;
import io.nodeplane.plexd.nodeapi.services.Services;
import io.nodeplane.plexd.report.NodeReports;
import io.nodeplane.plexd.report.ReportOutbox;
import io.nodeplane.plexd.secrets.SecretOpener;
import io.nodeplane.plexd.tokenreview.KubernetesAccessReviews;
import io.nodeplane.plexd.tokenreview.KubernetesTokenReviews;
import io.nodeplane.plexd.tokenreview.TokenReviewAuthenticator;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.retry.Sleeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the node API together, and the reports that come through it. */
record NodeApiParts(Foundation foundation, PlexdConfig config, Signals signals, Map<String, String> variables) {
    private static final Logger LOG = LoggerFactory.getLogger(NodeApiParts.class);

    /** What other parts of this identity have for the node API. */
    record Sources(
            ServedState state,
            ReportOutbox outbox,
            Pipelines pipelines,
            Optional<ClusterParts> cluster,
            NodeActions actions) {}

    /** In start order. */
    List<Part> of(Identity identity, Contract contract, Sources sources) {
        Runnable died = () -> foundation.subsystems().unmet("subsystem stopped");
        var reports = new NodeReports(
                sources.outbox(),
                config.dataDir(),
                config.nodeApi().debouncePeriod(),
                foundation.clock(),
                Sleeper.REAL,
                died);
        var services = new Services(
                sources.state(),
                reports,
                new NodeSecrets(contract.secrets(), new SecretOpener(identity.secretKey())),
                sources.actions(),
                () -> Optional.of(sources.pipelines().standing("logs")),
                () -> Optional.of(sources.pipelines().standing("audit")),
                departure(contract));
        var parts = new ArrayList<Part>(List.of(reports));
        var client = client(sources, parts);
        parts.add(new NodeApi(
                config.nodeApi(),
                services,
                client.map(this::cluster),
                Sleeper.REAL,
                foundation.figures().nodeApi(),
                died));
        return parts;
    }

    private Departure departure(Contract contract) {
        return purge -> {
            if (contract.deregistrations().isPresent()) {
                contract.deregistrations().get().deregister();
            } else {
                LOG.atWarn().log("control plane cannot be told that the node leaves: remove its resource there");
            }
            signals.leave(purge);
        };
    }

    /** Callers over TCP are asked for at the API server; a client of its own only where nothing else has one. */
    private Optional<KubernetesClient> client(Sources sources, List<Part> parts) {
        if (!config.nodeApi().httpEnabled()) {
            return Optional.empty();
        }
        var shared = sources.cluster().map(ClusterParts::client);
        if (shared.isPresent()) {
            return shared;
        }
        var own = ClusterParts.client(config, variables);
        own.ifPresent(opened -> parts.add(new ClusterParts.ClientPart(opened)));
        return own;
    }

    private NodeApi.Cluster cluster(KubernetesClient client) {
        return new NodeApi.Cluster(
                new TokenReviewAuthenticator(
                        new KubernetesTokenReviews(client), config.nodeApi().audiences(), foundation.clock()),
                new KubernetesAccessReviews(client, config.kubernetes().namespace()));
    }
}
