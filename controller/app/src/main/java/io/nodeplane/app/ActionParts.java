package io.nodeplane.app;

import io.nodeplane.plexd.actions.ActionRequests;
import io.nodeplane.plexd.actions.Actions;
import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.Executions;
import io.nodeplane.plexd.actions.builtin.BuiltinActions;
import io.nodeplane.plexd.actions.builtin.NodeFacts;
import io.nodeplane.plexd.actions.run.ActionExecutor;
import io.nodeplane.plexd.actions.run.ExecutionLedger;
import io.nodeplane.plexd.actions.run.PulledExecutions;
import io.nodeplane.plexd.actions.run.ResultJson;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.dataplane.DataPlane;
import io.nodeplane.plexd.dataplane.DataPlaneStatus;
import io.nodeplane.plexd.filehooks.FileHooks;
import io.nodeplane.plexd.filehooks.HookDirectory;
import io.nodeplane.plexd.filehooks.HookWatch;
import io.nodeplane.plexd.http.CredentialRejected;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.integrity.HookChecksums;
import io.nodeplane.plexd.integrity.IntegrityGuard;
import io.nodeplane.plexd.integrity.ProgramFiles;
import io.nodeplane.plexd.integrity.Violation;
import io.nodeplane.plexd.integrity.ViolationJson;
import io.nodeplane.plexd.outbox.Outbox;
import io.nodeplane.plexd.outbox.OutboxLimits;
import io.nodeplane.plexd.state.StateHandler;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.logging.RecentLog;
import io.nodeplane.runtime.retry.Backoff;
import io.nodeplane.runtime.retry.Sleeper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts actions, hooks and the integrity guard together. */
final class ActionParts {
    /** A day is long enough to correct what made the control plane refuse, and an answer of yesterday helps nobody. */
    private static final Duration REFUSED_FOR = Duration.ofDays(1);

    /** Results: 100, or 32 MiB, which is eight of the largest. Violations: small. */
    private static final OutboxLimits RESULTS = new OutboxLimits(100, 32L << 20, REFUSED_FOR);

    private static final OutboxLimits VIOLATIONS = new OutboxLimits(200, 1L << 20, REFUSED_FOR);

    /**
     * What the parts are made of.
     *
     * @param restart ends the process as SIGTERM does, absent where nobody would start it again
     */
    record Sources(
            Foundation foundation,
            PlexdConfig config,
            Host host,
            Map<String, String> variables,
            Identity identity,
            DataPlane dataPlane,
            RecentLog recentLog,
            CredentialRejected rejected,
            RandomGenerator random,
            Optional<Runnable> restart) {}

    private final Sources sources;
    private final PlexdConfig config;
    private final FileHooks hooks;
    private final IntegrityGuard guard;
    private final ActionExecutor executor;
    private final List<Part> parts = new ArrayList<>();

    ActionParts(Sources sources, Contract contract) {
        this.sources = sources;
        this.config = sources.config();
        var data = config.dataDir();
        var tools = new Outbox.Tools(
                sources.foundation().clock(),
                Backoff.CONTROL_PLANE,
                sources.random(),
                sources.rejected(),
                sources.foundation().figures().outboxes(),
                this::died);
        var results = new Outbox<ExecutionResult>(
                "action-results",
                data.resolve("actions/results"),
                RESULTS,
                new ResultJson(),
                contract.executions()::result,
                tools);
        var violations = new Outbox<Violation>(
                "violations",
                data.resolve("violations"),
                VIOLATIONS,
                new ViolationJson(),
                contract.violations()::report,
                tools);
        this.guard = guard(violations);
        this.hooks = hooks();
        this.executor = executor(contract.executions(), results);
        parts.addAll(List.of(new Settling(results, violations, executor), results, violations));
        if (config.integrity().enabled()) {
            parts.add(new Worker("integrity", guard, this::died));
        }
        if (config.actions().enabled() && config.integrity().watchEnabled()) {
            var watch = new HookWatch(config.actions().hooksDir(), hooks::reload);
            parts.add(new Worker("hook-watch", watch, this::died));
        }
        parts.add(executor);
    }

    /** In start order. */
    List<Part> all() {
        return List.copyOf(parts);
    }

    /** Where requests of the control plane go. */
    ActionRequests requests() {
        return executor;
    }

    /** Runs what is pulled with the state. */
    StateHandler pulled(PulledExecutions pulled) {
        return pulled.into(executor, executor::knows, hooks::list);
    }

    /** For callers on the node. */
    Actions actions() {
        return executor;
    }

    /** What can be run now; hooks are found when this has been made. */
    Capabilities capabilities(String checksum) {
        var catalogue = executor.catalogue();
        return new Capabilities(Version.TEXT, checksum, catalogue.builtinActions(), catalogue.hooks());
    }

    /** Tells the capabilities again whenever other hooks are found. */
    void tellChanges(String checksum, Consumer<Capabilities> announcement) {
        hooks.onChange(() -> {
            announcement.accept(capabilities(checksum));
            guard.hooksChanged();
        });
    }

    private void died() {
        sources.foundation().subsystems().unmet("subsystem stopped");
    }

    private FileHooks hooks() {
        var found = new FileHooks(
                new HookDirectory(config.actions().hooksDir()),
                new FileHooks.Surroundings(
                        config.dataDir().resolve("actions/run"),
                        sources.host().proc(),
                        sources.variables(),
                        sources.identity().nodeId().value(),
                        sources.random()),
                guard::refused);
        if (config.actions().enabled()) {
            found.reload();
        }
        return found;
    }

    private IntegrityGuard guard(Outbox<Violation> violations) {
        var directory = new HookDirectory(config.integrity().hooksDir());
        HookChecksums checksums = () -> directory.list().hooks().stream()
                .collect(Collectors.toMap(
                        hook -> directory.path().resolve(hook.name()).toString(), Hook::checksum));
        return new IntegrityGuard(
                new IntegrityGuard.Subject(Version.TEXT, new ProgramFiles(program()), checksums),
                config.dataDir().resolve("checksums.json"),
                config.integrity().verifyInterval(),
                violations,
                sources.foundation().clock(),
                sources.foundation().figures().integrity());
    }

    /** The configured file, or every jar of the class path: one that was exchanged is enough to change what runs. */
    private List<Path> program() {
        var configured = config.integrity().binaryPath();
        if (configured.isPresent()) {
            return List.of(configured.get());
        }
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(Files::isRegularFile)
                .toList();
    }

    private ActionExecutor executor(Executions executions, Outbox<ExecutionResult> results) {
        var foundation = sources.foundation();
        return new ActionExecutor(new ActionExecutor.Tools(
                config.actions(),
                BuiltinActions.of(facts(), sources.recentLog(), sources.restart()),
                hooks,
                executions,
                new ExecutionLedger(config.dataDir().resolve("actions/executions.json")),
                results,
                foundation.figures().actions(),
                sources.rejected(),
                foundation.clock(),
                Sleeper.REAL,
                this::died));
    }

    private NodeFacts facts() {
        var foundation = sources.foundation();
        return new NodeFacts(
                config.registration().hostname(),
                sources.identity().nodeId().value(),
                sources.identity().meshIp(),
                Version.TEXT,
                this::peers,
                foundation.standing()::unready,
                config.printed(),
                config.dataDir(),
                sources.host().proc(),
                foundation.standing().startedAt(),
                foundation.clock());
    }

    private int peers() {
        return switch (sources.dataPlane().status()) {
            case DataPlaneStatus.Running running -> running.peers();
            case DataPlaneStatus.Unavailable _ -> 0;
        };
    }

    /** What the earlier process left is known to all before anything of it is sent. */
    private record Settling(Outbox<ExecutionResult> results, Outbox<Violation> violations, ActionExecutor executor)
            implements Part {
        @Override
        public String name() {
            return "action-settling";
        }

        @Override
        public void start() {
            results.load();
            violations.load();
            executor.settle();
        }

        @Override
        public void close() {
            // Nothing runs.
        }
    }
}
