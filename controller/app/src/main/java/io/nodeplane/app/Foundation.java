package io.nodeplane.app;

import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.http.HttpApiClient;
import io.nodeplane.plexd.http.HttpStreamClient;
import io.nodeplane.runtime.health.HealthServer;
import io.nodeplane.runtime.health.Page;
import io.nodeplane.runtime.health.Readiness;
import io.nodeplane.runtime.metrics.MetricsPage;
import io.nodeplane.runtime.metrics.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What lives as long as the process, whatever the identity: clients, health listener, counters, conditions.
 *
 * @param subsystems met while no part has died of a bug
 */
record Foundation(
        Clock clock,
        HttpApiClient api,
        HttpStreamClient streams,
        Figures figures,
        Readiness readiness,
        Readiness.Condition registered,
        Readiness.Condition subsystems,
        Credential credential,
        Standing standing,
        Optional<HealthServer> health)
        implements AutoCloseable {

    /** Binds the health listener first, so that probes are answered while the node registers (protocol facts 10.6). */
    static Foundation open(PlexdConfig config, Clock clock) throws IOException {
        var registry = new PrometheusRegistry();
        var readiness = new Readiness();
        var registered = readiness.condition("registration", "registration pending");
        var credential = new Credential(readiness.condition("credential", "registration pending"));
        var subsystems = readiness.condition("subsystems", "");
        subsystems.met();
        var standing = new Standing(config, clock.instant(), readiness);
        var health = health(config, registry, standing);
        ProcessMetrics.register(registry, Path.of("/proc/self"));
        var figures = Figures.in(registry);
        return new Foundation(
                clock,
                new HttpApiClient(config.api(), Version.TEXT, clock, figures.http()),
                new HttpStreamClient(config.api(), Version.TEXT, clock, figures.http()),
                figures,
                readiness,
                registered,
                subsystems,
                credential,
                standing,
                health);
    }

    private static Optional<HealthServer> health(PlexdConfig config, PrometheusRegistry registry, Standing standing)
            throws IOException {
        if (!config.health().enabled()) {
            return Optional.empty();
        }
        var pages = Map.of(
                "/healthz",
                Page.alive(),
                "/readyz",
                standing.ready(),
                "/metrics",
                new MetricsPage(registry),
                "/status",
                new StatusPage(standing, registry));
        var server = new HealthServer(config.health().listen(), pages);
        try {
            server.start();
        } catch (UncheckedIOException taken) {
            throw new IOException(taken.getMessage(), taken.getCause());
        }
        return Optional.of(server);
    }

    @Override
    public void close() {
        streams.close();
        api.close();
        health.ifPresent(HealthServer::close);
    }
}
