package io.nodeplane.plexd.nodestate;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.nodesecrets.SecretLedger;
import io.nodeplane.plexd.nodestate.NodeStatePlan.LastWrite;
import io.nodeplane.plexd.report.ReportEntry;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the PlexdNodeState of this node: observe, plan, apply (seed "CRDController").
 *
 * <p>A steady node costs the API server one watch and no request: the interval only compares what is in memory. Thread-safe.
 */
public final class NodeStateSync implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStateSync.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), 0.25);

    /** What is known of the object; nothing is written before it is known. */
    private sealed interface Seen {
        record NotYet() implements Seen {}

        record Known(Optional<NodeStateObserved> object) implements Seen {}
    }

    private final NodeStateObjects objects;
    private final Identity identity;
    private final Optional<String> nodeName;
    private final Duration interval;
    private final RandomGenerator random;
    private final Consumer<List<ReportEntry>> onReports;
    private final NodeStateMetrics metrics;
    private final Worker worker;
    private final Semaphore changes = new Semaphore(0);
    private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen.NotYet());
    private final AtomicReference<Optional<NodeState>> state = new AtomicReference<>(Optional.empty());
    private final AtomicReference<String> standing = new AtomicReference<>("not yet seen");
    private final AtomicReference<ClusterFault.@Nullable Kind> told = new AtomicReference<>();
    private NodeStateObjects.@Nullable Watch watch;
    private Optional<LastWrite> lastWrite = Optional.empty();

    /**
     * Settings of one sync.
     *
     * @param nodeName Kubernetes node name, if known
     * @param interval time between two comparisons without a change, at least 1 s
     */
    public record Settings(Identity identity, Optional<String> nodeName, Duration interval) {}

    /**
     * A sync that is not started.
     *
     * @param onReports hears all current reports whenever the object changed
     * @param onDeath told when the worker dies of a bug
     */
    NodeStateSync(
            NodeStateObjects objects,
            Settings settings,
            RandomGenerator random,
            Consumer<List<ReportEntry>> onReports,
            NodeStateMetrics metrics,
            Runnable onDeath) {
        this.objects = objects;
        this.identity = settings.identity();
        this.nodeName = settings.nodeName();
        this.interval = settings.interval();
        this.random = random;
        this.onReports = onReports;
        this.metrics = metrics;
        this.worker = new Worker(name(), this::run, onDeath);
    }

    /** A sync over a real API server; see the constructor for the rest. */
    public static NodeStateSync over(
            KubernetesClient client,
            String namespace,
            Settings settings,
            RandomGenerator random,
            Consumer<List<ReportEntry>> onReports,
            NodeStateMetrics metrics,
            Runnable onDeath) {
        return new NodeStateSync(
                new KubernetesNodeStateObjects(client, namespace), settings, random, onReports, metrics, onDeath);
    }

    @Override
    public String name() {
        return "nodestate";
    }

    @Override
    public void start() {
        watch = objects.watch(objectName(), new Eyes());
        worker.start();
    }

    @Override
    public void close() {
        worker.close();
        if (watch != null) {
            watch.close();
        }
    }

    /** Deletes the object, whose node has left the control plane; for a sync that is closed, which would make it again. */
    public void withdraw() {
        try {
            objects.delete(objectName());
            LOG.atInfo().addKeyValue("object", objectName()).log("node state deleted");
        } catch (ClusterFault fault) {
            LOG.atWarn()
                    .addKeyValue("object", objectName())
                    .addKeyValue("reason", fault.getMessage())
                    .log("node state is left behind, delete it by hand");
        }
    }

    /** Takes a freshly pulled state; returns at once. */
    public void offer(NodeState pulled) {
        state.set(Optional.of(pulled));
        changes.release();
    }

    /** Name of the object. */
    public String objectName() {
        return desired().name();
    }

    /** The record of the node's Secrets in the object. */
    public SecretLedger secretLedger() {
        return new NodeStateLedger(
                objects, objectName(), () -> seen.get() instanceof Seen.Known(var object) ? object : Optional.empty());
    }

    /** For people: {@code in sync}, or what is wrong and what to do. */
    public String standing() {
        return standing.get();
    }

    private void run() throws InterruptedException {
        var failures = 0;
        while (true) {
            if (failures > 0) {
                Thread.sleep(BACKOFF.delay(failures, random));
            } else if (changes.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                changes.drainPermits();
            }
            failures = reconcile() ? 0 : failures + 1;
        }
    }

    /** One cycle; whether it ended as wished. */
    private boolean reconcile() {
        if (!(seen.get() instanceof Seen.Known(var observed))) {
            return true;
        }
        var plan = NodeStatePlan.between(desired(), observed, lastWrite);
        if (plan.apply().isEmpty()) {
            standing.set("in sync");
            return true;
        }
        return apply(plan.apply().get(), observed);
    }

    private boolean apply(NodeStateDesired wanted, Optional<NodeStateObserved> before) {
        try {
            var got = objects.apply(wanted);
            lastWrite = Optional.of(new LastWrite(wanted, got));
            // The watch will say the same later; only if nothing newer came meanwhile is our answer the latest.
            if (seen.get() instanceof Seen.Known(var now) && now.equals(before)) {
                seen.set(new Seen.Known(Optional.of(got)));
            }
            metrics.written();
            LOG.atInfo()
                    .addKeyValue("object", wanted.name())
                    .log(before.isEmpty() ? "node state created" : "node state updated");
            healed();
            standing.set("in sync");
            return true;
        } catch (ClusterFault fault) {
            metrics.failed();
            tell(fault);
            return false;
        }
    }

    private NodeStateDesired desired() {
        return NodeStateDesired.from(identity, nodeName, state.get());
    }

    /** Once per kind of fault, so that an outage is one line. */
    private void tell(ClusterFault fault) {
        standing.set(fault.getMessage() + "; " + fault.remedy());
        if (told.getAndSet(fault.kind()) != fault.kind()) {
            LOG.atWarn()
                    .addKeyValue("object", objectName())
                    .addKeyValue("reason", fault.getMessage())
                    .addKeyValue("remedy", fault.remedy())
                    .log("node state is not in sync, will retry");
        }
    }

    private void healed() {
        if (told.getAndSet(null) != null) {
            LOG.atInfo().addKeyValue("object", objectName()).log("node state is reachable again");
        }
    }

    /** What the watch tells; runs on the watch's thread. */
    private final class Eyes implements NodeStateObjects.Listener {
        @Override
        public void changed(Optional<NodeStateObserved> observed) {
            healed();
            seen.set(new Seen.Known(observed));
            onReports.accept(observed.map(NodeStateObserved::reports).orElse(List.of()));
            changes.release();
        }

        @Override
        public void broken(ClusterFault fault) {
            tell(fault);
        }
    }
}
