package io.nodeplane.plexd.nodesecrets;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.cluster.WritePace;
import io.nodeplane.plexd.secrets.SecretOpener;
import io.nodeplane.plexd.secrets.Secrets;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Backoff;
import io.nodeplane.runtime.retry.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the Secrets of this node's secret references: observe, plan, apply.
 *
 * <p>The interval only compares what is in memory: while no reference changes, nothing is asked of anybody. Thread-safe.
 */
public final class NodeSecretsSync implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(NodeSecretsSync.class);
    /** A reference whose secret the control plane does not have may stay so for long: the pause grows to five minutes. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 0.25);

    private final Settings settings;
    private final SecretLedger ledger;
    private final NodeSecretsRound round;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final Worker worker;
    private final Semaphore changes = new Semaphore(0);
    private final AtomicReference<Optional<NodeSecretsDesired>> desired = new AtomicReference<>(Optional.empty());

    /**
     * Settings of one sync.
     *
     * @param plainKeys references whose Secrets hold plain text
     * @param interval time between two comparisons without a change
     */
    public record Settings(String nodeId, Optional<String> nodeName, Set<String> plainKeys, Duration interval) {
        public Settings {
            plainKeys = Set.copyOf(plainKeys);
        }

        NodeSecret.Node node() {
            return new NodeSecret.Node(nodeId, nodeName);
        }
    }

    /** Where the content comes from. */
    public record Source(Secrets secrets, SecretOpener opener) {}

    /** A sync that is not started; {@code onDeath} is told when its worker dies of a bug. */
    NodeSecretsSync(
            NodeSecretObjects objects,
            SecretLedger ledger,
            Source source,
            Settings settings,
            Sleeper sleeper,
            RandomGenerator random,
            NodeSecretsMetrics metrics,
            Runnable onDeath) {
        this.settings = settings;
        this.ledger = ledger;
        var pace = new WritePace(sleeper, random);
        this.round = new NodeSecretsRound(objects, ledger, source, settings.node(), pace, metrics);
        this.sleeper = sleeper;
        this.random = random;
        this.worker = new Worker(name(), this::run, onDeath);
    }

    /** A sync over a real API server; see the constructor for the rest. */
    public static NodeSecretsSync over(
            KubernetesClient client,
            String namespace,
            SecretLedger ledger,
            Source source,
            Settings settings,
            RandomGenerator random,
            NodeSecretsMetrics metrics,
            Runnable onDeath) {
        var objects = new KubernetesNodeSecretObjects(client, namespace);
        return new NodeSecretsSync(objects, ledger, source, settings, Sleeper.REAL, random, metrics, onDeath);
    }

    @Override
    public String name() {
        return "nodesecrets";
    }

    @Override
    public void start() {
        worker.start();
    }

    @Override
    public void close() {
        worker.close();
    }

    /** Takes a freshly pulled state; returns at once. */
    public void offer(NodeState pulled) {
        var wanted = NodeSecretsDesired.from(pulled, settings.nodeId(), settings.plainKeys());
        var before = desired.getAndSet(Optional.of(wanted));
        if (!wanted.leftOut().equals(before.map(NodeSecretsDesired::leftOut).orElse(List.of()))) {
            wanted.leftOut()
                    .forEach(fault -> LOG.atWarn().addKeyValue("reason", fault).log("secret reference is left out"));
        }
        changes.release();
    }

    private void run() throws InterruptedException {
        var failures = 0;
        while (true) {
            var pause = failures == 0 ? settings.interval() : BACKOFF.delay(failures, random);
            if (changes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                changes.drainPermits();
            }
            failures = cycle() ? 0 : failures + 1;
        }
    }

    /** One cycle; whether it ended as wished. */
    boolean cycle() throws InterruptedException {
        var wanted = desired.get();
        var known = ledger.read();
        if (wanted.isEmpty() || known.isEmpty()) {
            return true;
        }
        var plan = NodeSecretsPlan.between(wanted.get(), known.get());
        if (plan.isEmpty()) {
            round.settled(wanted.get());
            return true;
        }
        try {
            var pause = round.apply(plan, known.get());
            // Slept, not waited: a change must not shorten the pause that the control plane asked for.
            sleeper.sleep(pause.orElse(Duration.ZERO));
            return round.isClean();
        } catch (ClusterFault fault) {
            round.tell("PlexdNodeState", fault.getMessage() + "; " + fault.remedy());
            return false;
        }
    }
}
