package io.nodeplane.app;

import io.nodeplane.plexd.audit.AuditJson;
import io.nodeplane.plexd.audit.AuditRecord;
import io.nodeplane.plexd.audit.KubernetesAuditLog;
import io.nodeplane.plexd.audit.ProcessStart;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.follow.FilePositions;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.local.LocalClient;
import io.nodeplane.plexd.local.LocalEndpointConfig;
import io.nodeplane.plexd.local.LocalOutlet;
import io.nodeplane.plexd.logs.AgentLog;
import io.nodeplane.plexd.logs.FileLogs;
import io.nodeplane.plexd.logs.FilteredLogs;
import io.nodeplane.plexd.logs.Journal;
import io.nodeplane.plexd.logs.LogFilter;
import io.nodeplane.plexd.logs.LogJson;
import io.nodeplane.plexd.logs.LogRecord;
import io.nodeplane.plexd.metrics.AgentMetrics;
import io.nodeplane.plexd.metrics.GarbageCollections;
import io.nodeplane.plexd.metrics.MetricJson;
import io.nodeplane.plexd.metrics.MetricRecord;
import io.nodeplane.plexd.metrics.SystemMetrics;
import io.nodeplane.plexd.pipeline.BufferFactory;
import io.nodeplane.plexd.pipeline.Outlet;
import io.nodeplane.plexd.pipeline.Pipeline;
import io.nodeplane.plexd.pipeline.PipelineConfig;
import io.nodeplane.plexd.pipeline.PipelineStanding;
import io.nodeplane.plexd.pipeline.RecordJson;
import io.nodeplane.plexd.pipeline.Source;
import io.nodeplane.plexd.secrets.SecretCache;
import io.nodeplane.plexd.secrets.SecretOpener;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.logging.RecentLog;
import io.nodeplane.runtime.retry.Sleeper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the pipelines together; sizes are those of the notes in plexd's DESIGN.md: 15 minutes of outage at the default rates. */
final class Pipelines {
    private final Foundation foundation;
    private final PlexdConfig config;
    private final ProcessSources process;
    private final SecretCache secrets;
    private final FilePositions positions;
    private final Map<Boolean, LocalClient> clients = new HashMap<>();
    private final Map<String, Pipeline<?>> running = new HashMap<>();

    Pipelines(Foundation foundation, PlexdConfig config, ProcessSources process, Identity identity, Contract contract) {
        this.foundation = foundation;
        this.config = config;
        this.process = process;
        this.secrets = new SecretCache(contract.secrets(), new SecretOpener(identity.secretKey()), foundation.clock());
        this.positions = new FilePositions(config.dataDir().resolve("positions"));
    }

    /** The enabled ones as one part, which closes them at the same time: each may take 3 s of the 10 s. */
    Part together(Contract contract) {
        var pipelines = new ArrayList<Part>();
        if (config.metrics().enabled()) {
            pipelines.add(metrics(contract.metrics()));
        }
        if (config.logs().pipeline().enabled()) {
            pipelines.add(logs(contract.logs()));
        }
        if (config.audit().enabled()) {
            pipelines.add(audit(contract.audit()));
        }
        return new Together("pipelines", pipelines, List.copyOf(clients.values()));
    }

    private Part metrics(Outlet<MetricRecord> outlet) {
        var json = new MetricJson();
        List<Source<MetricRecord>> sources = List.of(
                new SystemMetrics(process.host().proc(), Path.of("/"), foundation.clock(), Sleeper.REAL),
                new AgentMetrics(
                        process.host().proc(),
                        foundation.clock(),
                        foundation.standing().startedAt(),
                        GarbageCollections::ofThisProcess,
                        foundation.figures()::reconnects));
        var buffer = BufferFactory.inMemory(2_000, 4 << 20, json);
        return pipeline("metrics", config.metrics(), sources, new Pipeline.Route<>(buffer, outlet), json, 1 << 20);
    }

    private Part logs(Outlet<LogRecord> outlet) {
        var json = new LogJson();
        var filter = LogFilter.from(config.logs());
        var hostname = config.registration().hostname();
        var sources = new ArrayList<Source<LogRecord>>();
        sources.add(new FilteredLogs(process.ownLog(), filter));
        sources.add(new FilteredLogs(
                new Journal(process.host().programs(), config.dataDir().resolve("positions/journal"), hostname),
                filter));
        if (!config.logs().filePatterns().isEmpty()) {
            var files = new FileLogs(config.logs().filePatterns(), hostname, positions, foundation.clock());
            sources.add(new FilteredLogs(files, filter));
        }
        var buffer = BufferFactory.onDisk("logs", config.dataDir(), 64 << 20, json);
        return pipeline("logs", config.logs().pipeline(), sources, new Pipeline.Route<>(buffer, outlet), json, 1 << 20);
    }

    private Part audit(Outlet<AuditRecord> outlet) {
        var json = new AuditJson();
        var sources = new ArrayList<Source<AuditRecord>>();
        sources.add(process.start());
        if (config.kubernetes().enabled()) {
            sources.add(new KubernetesAuditLog(
                    config.kubernetes().auditLogPath(), config.registration().hostname(), positions));
        }
        var buffer = BufferFactory.onDisk("audit", config.dataDir(), 256 << 20, json);
        return pipeline("audit", config.audit(), sources, new Pipeline.Route<>(buffer, outlet), json, 2 << 20);
    }

    private <R> Pipeline<R> pipeline(
            String name,
            PipelineConfig rhythm,
            List<Source<R>> sources,
            Pipeline.Route<R> platform,
            RecordJson<R> json,
            int localBytes) {
        var local = rhythm.localEndpoint()
                .map(endpoint -> new Pipeline.Route<R>(
                        BufferFactory.inMemory(1_000, localBytes, json),
                        new LocalOutlet<>(endpoint, client(endpoint), secrets, json)));
        var pipeline = new Pipeline<>(
                name,
                rhythm,
                sources,
                platform,
                local,
                new Pipeline.Timing(foundation.clock(), Sleeper.REAL),
                foundation.figures().pipelines(),
                () -> foundation.subsystems().unmet("subsystem stopped"));
        running.put(name, pipeline);
        return pipeline;
    }

    /** How one of them is, by name. */
    PipelineStanding standing(String name) {
        var pipeline = running.get(name);
        return pipeline == null ? PipelineStanding.DISABLED : pipeline.standing();
    }

    private LocalClient client(LocalEndpointConfig endpoint) {
        return clients.computeIfAbsent(endpoint.tlsInsecureSkipVerify(), LocalClient::of);
    }

    /** Sources that live as long as the agent: what they said is said once. */
    record ProcessSources(Host host, AgentLog ownLog, ProcessStart start, RecentLog recentLog) {}
}
