package io.nodeplane.app;

import io.nodeplane.plexd.audit.ProcessStart;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.plexd.identity.FileIdentities;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.logs.AgentLog;
import io.nodeplane.plexd.registration.Enrollment;
import io.nodeplane.plexd.registration.HttpInstanceMetadata;
import io.nodeplane.plexd.registration.Registrar;
import io.nodeplane.plexd.registration.RegistrationFailed;
import io.nodeplane.plexd.registration.TokenSources;
import io.nodeplane.runtime.logging.RecentLog;
import io.nodeplane.runtime.retry.Backoff;
import io.nodeplane.runtime.retry.Sleeper;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running agent: an identity, and the parts that work for it, built anew when the identity changes. Many may run in one process,
 * each with a data directory of its own.
 */
public final class Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final PlexdConfig config;
    private final Surroundings surroundings;
    private final Host host;
    private final Map<String, String> variables;
    private final AgentLog ownLog;
    private final RecentLog recentLog;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final Signals signals = new Signals();

    /**
     * Starts nothing.
     *
     * @param variables the environment
     * @param ownLog what the agent itself says, attached by the caller
     * @param recentLog the same, for somebody who asks
     */
    public Agent(
            PlexdConfig config,
            Surroundings surroundings,
            Host host,
            Map<String, String> variables,
            AgentLog ownLog,
            RecentLog recentLog) {
        this.config = config;
        this.surroundings = surroundings;
        this.host = host;
        this.variables = variables;
        this.ownLog = ownLog;
        this.recentLog = recentLog;
    }

    /**
     * Runs until the thread is interrupted, or the node has left the control plane.
     *
     * @throws RegistrationFailed when there is no identity and none is to be had
     * @throws IOException when the data directory or a listener cannot be used
     * @throws InterruptedException the usual end
     */
    public void run() throws RegistrationFailed, IOException, InterruptedException {
        try (var foundation = Foundation.open(config, clock)) {
            var checksum = BinaryChecksum.start();
            var identities = new FileIdentities(config.dataDir(), clock);
            var enrollment = enrollment(foundation, identities);
            var identity = enrollment.enroll();
            tellContract(identity);
            var sources = new Pipelines.ProcessSources(
                    host,
                    ownLog,
                    new ProcessStart(
                            ProcessHandle.current().pid(), config.registration().hostname(), clock),
                    recentLog);
            var assembly =
                    new Assembly(foundation, config, surroundings, identities, checksum, sources, signals, random);
            var next = Optional.of(identity);
            while (next.isPresent()) {
                next = serve(assembly, foundation, enrollment, next.get());
            }
            var purge = signals.farewell().map(Signals.Farewell::purge).orElse(false);
            new DataDirectory(config.dataDir(), identities).forget(purge);
            LOG.atInfo().addKeyValue("purged", purge).log("node is deregistered, agent ends");
        }
    }

    /** The identity decides, because it is worth nothing in the other contract. */
    private void tellContract(Identity identity) {
        var wanted = config.contract().wire();
        var isWanted = identity.contract() == wanted;
        var line = isWanted ? LOG.atDebug() : LOG.atWarn().addKeyValue("configured", wanted.word());
        line.addKeyValue("contract", identity.contract().word())
                .log(isWanted ? "contract in use" : "node was registered under another contract, which goes on");
    }

    /** Works with one identity; gives the next one, empty when the node leaves. */
    private Optional<Identity> serve(Assembly assembly, Foundation foundation, Enrollment enrollment, Identity identity)
            throws InterruptedException {
        foundation.credential().renewed();
        signals.forget();
        try (var parts = PartList.start(assembly.parts(identity, variables))) {
            foundation.registered().met();
            LOG.atInfo()
                    .addKeyValue("node", identity.nodeId())
                    .addKeyValue("parts", parts.size())
                    .log("agent running");
            return nextIdentity(foundation, enrollment);
        }
    }

    private Optional<Identity> nextIdentity(Foundation foundation, Enrollment enrollment) throws InterruptedException {
        for (var rejections = 1; ; rejections++) {
            signals.awaitNews();
            if (signals.farewell().isPresent()) {
                return Optional.empty();
            }
            foundation.credential().rejected();
            Sleeper.REAL.sleep(Backoff.CONTROL_PLANE.delay(rejections, random));
            var fresh = foundation.credential().isWorthRenewing() ? renew(enrollment) : Optional.<Identity>empty();
            if (fresh.isPresent()) {
                return fresh;
            }
        }
    }

    private static Optional<Identity> renew(Enrollment enrollment) throws InterruptedException {
        try {
            return Optional.of(enrollment.renew());
        } catch (RegistrationFailed | IOException failed) {
            LOG.atWarn()
                    .addKeyValue("reason", failed.getMessage())
                    .log("credential was rejected and no fresh one is to be had, will retry with the old one");
            return Optional.empty();
        }
    }

    private Enrollment enrollment(Foundation foundation, FileIdentities identities) {
        var registration = config.registration();
        var tokens = new TokenSources(registration, variables, new HttpInstanceMetadata(HttpInstanceMetadata.ADDRESS));
        var patience = new Registrar.Patience(
                Backoff.CONTROL_PLANE, registration.maxRetryDuration(), clock, Sleeper.REAL, random);
        var registrar = new Registrar(Contract.registrations(config.contract(), foundation.api()), patience);
        return new Enrollment(identities, tokens, registrar, registration, random);
    }
}
