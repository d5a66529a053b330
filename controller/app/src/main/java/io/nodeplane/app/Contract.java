package io.nodeplane.app;

import io.nodeplane.plexd.actions.Executions;
import io.nodeplane.plexd.actions.run.PulledExecutions;
import io.nodeplane.plexd.audit.AuditJson;
import io.nodeplane.plexd.audit.AuditRecord;
import io.nodeplane.plexd.capabilities.CapabilityReports;
import io.nodeplane.plexd.config.ContractConfig;
import io.nodeplane.plexd.events.EventCodec;
import io.nodeplane.plexd.events.EventStreams;
import io.nodeplane.plexd.heartbeat.Heartbeats;
import io.nodeplane.plexd.http.ApiClient;
import io.nodeplane.plexd.http.HttpApiClient;
import io.nodeplane.plexd.http.StreamClient;
import io.nodeplane.plexd.http.Uploads;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.integrity.Violations;
import io.nodeplane.plexd.logs.LogJson;
import io.nodeplane.plexd.logs.LogRecord;
import io.nodeplane.plexd.metrics.MetricJson;
import io.nodeplane.plexd.metrics.MetricRecord;
import io.nodeplane.plexd.pipeline.Outlet;
import io.nodeplane.plexd.platform.PlatformContract;
import io.nodeplane.plexd.platform.PlatformRegistrations;
import io.nodeplane.plexd.registration.Deregistrations;
import io.nodeplane.plexd.registration.Registrations;
import io.nodeplane.plexd.report.Reports;
import io.nodeplane.plexd.rotation.MeshKeyOffers;
import io.nodeplane.plexd.secrets.Secrets;
import io.nodeplane.plexd.seed.SeedContract;
import io.nodeplane.plexd.seed.SeedRegistrations;
import io.nodeplane.plexd.state.DriftReports;
import io.nodeplane.plexd.state.NodeStates;
import java.time.Clock;
import java.util.Optional;

/**
 * The ports of one node in the contract of its identity; the only place that chooses a codec (protocol facts 0.3).
 *
 * @param drift absent where the control plane wants to hear of no corrections
 * @param pulled absent where actions are pushed as events
 * @param meshKeys absent where a wish to rotate keys is only a reason to pull the state
 * @param deregistrations absent where a node is removed at the control plane only
 */
record Contract(
        Heartbeats heartbeats,
        CapabilityReports capabilities,
        NodeStates states,
        Optional<DriftReports> drift,
        EventStreams streams,
        EventCodec events,
        Executions executions,
        Optional<PulledExecutions> pulled,
        Violations violations,
        Optional<MeshKeyOffers> meshKeys,
        Optional<Deregistrations> deregistrations,
        Secrets secrets,
        Reports reports,
        Outlet<MetricRecord> metrics,
        Outlet<LogRecord> logs,
        Outlet<AuditRecord> audit) {

    /** As a registered node. */
    static Contract of(Identity identity, HttpApiClient api, StreamClient streams, Clock clock) {
        return switch (identity.contract()) {
            case V1_SEED -> seed(new SeedContract(api, streams, identity.nodeId(), identity.secretKey()));
            case V1_2026 -> platform(new PlatformContract(api, streams, identity, Version.TEXT, clock), api);
        };
    }

    /** As a node that is none yet. */
    static Registrations registrations(ContractConfig config, ApiClient client) {
        return config.claim()
                .<Registrations>map(claim -> new PlatformRegistrations(client, claim))
                .orElseGet(() -> new SeedRegistrations(client));
    }

    private static Contract seed(SeedContract seed) {
        return new Contract(
                seed,
                seed,
                seed,
                Optional.of(seed),
                seed,
                seed,
                seed,
                Optional.empty(),
                seed,
                Optional.empty(),
                Optional.of(seed),
                seed,
                seed,
                seed.outlet("metrics", new MetricJson()),
                seed.outlet("logs", new LogJson()),
                seed.outlet("audit", new AuditJson()));
    }

    private static Contract platform(PlatformContract platform, Uploads uploads) {
        var pulled = new PulledExecutions(platform, uploads);
        return new Contract(
                platform,
                platform,
                platform,
                Optional.empty(),
                platform,
                platform.events(),
                pulled,
                Optional.of(pulled),
                platform,
                Optional.of(platform),
                Optional.empty(),
                platform,
                platform,
                platform.metrics(),
                platform.logs(),
                platform.audit());
    }
}
