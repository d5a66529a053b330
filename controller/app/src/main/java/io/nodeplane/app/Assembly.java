package io.nodeplane.app;

import io.nodeplane.plexd.capabilities.CapabilityAnnouncement;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.plexd.dataplane.NoDataPlane;
import io.nodeplane.plexd.events.EventListener;
import io.nodeplane.plexd.events.FileEventCursors;
import io.nodeplane.plexd.events.SigningKeyRing;
import io.nodeplane.plexd.heartbeat.HeartbeatLoop;
import io.nodeplane.plexd.heartbeat.Vitals;
import io.nodeplane.plexd.identity.FileIdentities;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.nodeapi.services.ServedState;
import io.nodeplane.plexd.report.ReportOutbox;
import io.nodeplane.plexd.rotation.MeshKeyRotation;
import io.nodeplane.plexd.rotation.RotationTrigger;
import io.nodeplane.plexd.state.Reconciler;
import io.nodeplane.plexd.state.StateHandler;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Sleeper;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts the parts of one identity together, in the order in which they start. */
final class Assembly {
    /** The key set that is used to check events should be the newest; but events must not wait for it for ever. */
    private static final Duration FIRST_PULL = Duration.ofSeconds(30);

    private final Foundation foundation;
    private final PlexdConfig config;
    private final Surroundings surroundings;
    private final FileIdentities identities;
    private final BinaryChecksum checksum;
    private final Pipelines.ProcessSources sources;
    private final Signals signals;
    private final SecureRandom random;

    Assembly(
            Foundation foundation,
            PlexdConfig config,
            Surroundings surroundings,
            FileIdentities identities,
            BinaryChecksum checksum,
            Pipelines.ProcessSources sources,
            Signals signals,
            SecureRandom random) {
        this.foundation = foundation;
        this.config = config;
        this.surroundings = surroundings;
        this.identities = identities;
        this.checksum = checksum;
        this.sources = sources;
        this.signals = signals;
        this.random = random;
    }

    /** Fresh parts that are not started; the standing shows them from now on. */
    List<Part> parts(Identity identity, Map<String, String> variables) throws InterruptedException {
        var contract = Contract.of(identity, foundation.api(), foundation.streams(), foundation.clock());
        var dataPlane = new NoDataPlane(Path.of("/"));
        var outbox = new ReportOutbox(
                contract.reports(),
                config.dataDir(),
                foundation.clock(),
                Sleeper.REAL,
                random,
                () -> foundation.subsystems().unmet("subsystem stopped"));
        var cluster = ClusterParts.of(config, surroundings, variables, identity, outbox, foundation, signals, random);
        var served = new ServedState(contract.states());
        var keys = new SigningKeyRing(identity.signingKey(), identities::replaceSigningKey, foundation.clock());
        var handlers = new ArrayList<StateHandler>(List.of(keys, Handlers.of(dataPlane)));
        cluster.ifPresent(parts -> handlers.add(Handlers.of(parts.sync())));
        var actions = actions(contract, identity, dataPlane, variables);
        contract.pulled().ifPresent(pulled -> handlers.add(actions.pulled(pulled)));
        var nodeSecrets = cluster.map(
                parts -> NodeSecrets.of(parts, config, surroundings, identity, contract.secrets(), foundation, random));
        nodeSecrets.ifPresent(sync -> handlers.add(Handlers.of(sync)));
        var reconciler = new Reconciler(
                served,
                contract.drift(),
                handlers,
                config.reconcileInterval(),
                signals,
                foundation.clock(),
                Sleeper.REAL,
                random,
                foundation.figures().state());
        var rotation = contract.meshKeys()
                .map(offers -> new MeshKeyRotation(offers, identities, signals, Sleeper.REAL, random));
        var rotate = rotation.<RotationTrigger>map(running -> running).orElse(reconciler::trigger);
        var events = events(contract, keys, reconciler, rotate, actions);
        var sum = checksum.await();
        var pipelines = new Pipelines(foundation, config, sources, identity, contract);

        var parts = new ArrayList<Part>();
        parts.add(pipelines.together(contract));
        parts.add(outbox);
        cluster.ifPresent(running -> parts.addAll(running.all()));
        nodeSecrets.ifPresent(parts::add);
        parts.addAll(
                HookParts.of(config, surroundings, variables, foundation, random, cluster.map(ClusterParts::client)));
        parts.addAll(new NodeApiParts(foundation, config, signals, variables)
                .of(
                        identity,
                        contract,
                        new NodeApiParts.Sources(
                                served, outbox, pipelines, cluster, new ServedActions(actions.actions()))));
        parts.addAll(actions.all());
        parts.add(worker("reconcile", reconciler));
        parts.add(worker("heartbeat", heartbeat(contract, identity, dataPlane, reconciler, rotate, sum)));
        var declaring = HookDeclaring.of(config, surroundings, identity, random, cluster.map(ClusterParts::client));
        declaring.hooks().ifPresent(hooks -> parts.add(worker("hook-declarations", hooks)));
        parts.add(worker("capabilities", capabilities(contract, sum, actions, declaring)));
        rotation.ifPresent(running -> parts.add(worker("rotation", running)));
        parts.add(worker("events", events));
        foundation
                .standing()
                .serve(new Standing.Parts(
                        identity, events::streamState, () -> cluster.map(ClusterParts::standing), dataPlane::status));
        return parts;
    }

    private HeartbeatLoop heartbeat(
            Contract contract,
            Identity identity,
            NoDataPlane dataPlane,
            Reconciler reconciler,
            RotationTrigger rotate,
            String sum) {
        var watched = new WatchedHeartbeats(
                contract.heartbeats(), foundation.standing(), foundation.credential(), foundation.clock());
        var vitals = new Vitals(
                identity.nodeId(),
                sum,
                foundation.clock(),
                foundation.standing().startedAt(),
                () -> foundation.standing().unready().isEmpty() && reconciler.healthy(),
                dataPlane);
        return new HeartbeatLoop(
                watched,
                vitals,
                config.heartbeatInterval(),
                reconciler,
                rotate,
                signals,
                foundation.figures().heartbeat());
    }

    private ActionParts actions(
            Contract contract, Identity identity, NoDataPlane dataPlane, Map<String, String> variables) {
        // A restart is a stop as SIGTERM makes it, which interrupts the main thread; the kubelet does the rest.
        var main = Thread.currentThread();
        var restart = surroundings.kubernetes().<Runnable>map(_ -> main::interrupt);
        var made = new ActionParts.Sources(
                foundation,
                config,
                sources.host(),
                variables,
                identity,
                dataPlane,
                sources.recentLog(),
                signals,
                random,
                restart);
        return new ActionParts(made, contract);
    }

    private Worker.Body capabilities(Contract contract, String sum, ActionParts actions, HookDeclaring declaring) {
        var announcement = new CapabilityAnnouncement(
                contract.capabilities(), actions.capabilities(sum), signals, Sleeper.REAL, random);
        actions.tellChanges(sum, own -> announcement.announce(declaring.into(own)));
        return declaring.before(announcement, () -> actions.capabilities(sum));
    }

    private EventListener events(
            Contract contract,
            SigningKeyRing keys,
            Reconciler reconciler,
            RotationTrigger rotate,
            ActionParts actions) {
        var cursors = new FileEventCursors(config.dataDir().resolve("events.json"));
        return new EventListener(
                new EventListener.Ports(
                        contract.streams(), contract.events(), cursors, actions.requests(), rotate, signals),
                keys,
                reconciler,
                () -> reconciler.awaitFirstPull(FIRST_PULL),
                config.contract().sseReprobeInterval(),
                foundation.clock(),
                Sleeper.REAL,
                random,
                foundation.figures().events());
    }

    private Worker worker(String name, Worker.Body body) {
        return new Worker(name, body, () -> foundation.subsystems().unmet("subsystem stopped"));
    }
}
