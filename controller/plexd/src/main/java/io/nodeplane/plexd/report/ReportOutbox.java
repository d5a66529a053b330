package io.nodeplane.plexd.report;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Backoff;
import io.nodeplane.runtime.retry.Sleeper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the reports of this node's workloads to the control plane, each change at least once, over restarts and outages.
 *
 * <p>Level-based: it compares the current reports with what was accepted, so a change during an outage is neither lost nor
 * sent twice, and a report that changed back is not sent at all. Thread-safe.
 */
public final class ReportOutbox implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(ReportOutbox.class);

    /** Changes that follow each other closely travel together; well below the 5 s that reports may take. */
    private static final Duration DEBOUNCE = Duration.ofMillis(500);

    /** Pause while the control plane takes no reports at all (protocol facts 7.3). */
    private static final Duration NOT_PROVISIONED_PAUSE = Duration.ofMinutes(5);

    /** Answers that speak of the bytes sent; any other 4xx speaks of the node or the moment, and is tried again. */
    private static final Set<Integer> CONTENT_REFUSED = Set.of(400, 413, 422);

    private final Reports reports;
    private final Acknowledgements acknowledgements;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final Worker worker;
    private final Semaphore pending = new Semaphore(0);
    private final Map<ReportSource, List<ReportEntry>> current = new ConcurrentHashMap<>();

    /**
     * An outbox that does nothing until {@code offer} is called for the first time.
     *
     * @param dataDir keeps {@code state/report-acks.json}
     * @param onDeath told when the worker dies of a bug
     */
    public ReportOutbox(
            Reports reports,
            Path dataDir,
            InstantSource clock,
            Sleeper sleeper,
            RandomGenerator random,
            Runnable onDeath) {
        this.reports = reports;
        this.acknowledgements = new Acknowledgements(dataDir.resolve("state").resolve("report-acks.json"));
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
        this.worker = new Worker(name(), this::run, onDeath);
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public void start() {
        worker.start();
    }

    @Override
    public void close() {
        worker.close();
    }

    /** All current reports of one source; replaces what it offered before. Returns at once. */
    public void offer(ReportSource source, List<ReportEntry> entries) {
        current.put(source, List.copyOf(entries));
        pending.release();
    }

    /** What one source offered last. */
    List<ReportEntry> offered(ReportSource source) {
        return current.getOrDefault(source, List.of());
    }

    private void run() throws InterruptedException {
        while (true) {
            pending.acquire();
            sleeper.sleep(DEBOUNCE);
            pending.drainPermits();
            deliver();
        }
    }

    private void deliver() throws InterruptedException {
        var failures = 0;
        for (var pause = deliverOnce(failures); pause.isPresent(); pause = deliverOnce(failures)) {
            failures++;
            sleeper.sleep(pause.get());
        }
    }

    /** One attempt with what is current now; how long to wait for the next, or nothing when all is done. */
    private Optional<Duration> deliverOnce(int failures) throws InterruptedException {
        var plan = ReportPlan.between(MergedReports.of(current), acknowledgements.accepted());
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        try {
            send(plan);
            if (failures > 0) {
                LOG.atInfo().log("reports are delivered again");
            }
            return Optional.empty();
        } catch (ApiException failed) {
            if (failures == 0) {
                LOG.atWarn().addKeyValue("reason", failed.getMessage()).log("reports are not delivered, will retry");
            }
            return Optional.of(pauseAfter(failed, failures + 1));
        }
    }

    private Duration pauseAfter(ApiException failed, int failures) {
        if (failed.isNotProvisioned()) {
            return NOT_PROVISIONED_PAUSE;
        }
        var delay = Backoff.CONTROL_PLANE.delay(failures, random);
        return failed.retryAfter().filter(asked -> asked.compareTo(delay) > 0).orElse(delay);
    }

    private void send(ReportPlan plan) throws ApiException, InterruptedException {
        try {
            var now = clock.instant();
            var entries = plan.changed().stream()
                    .map(held -> onTheWire(held.entry(), now))
                    .toList();
            reports.send(entries, plan.deleted());
        } catch (ApiException.Rejected refused) {
            if (!CONTENT_REFUSED.contains(refused.status())) {
                throw refused;
            }
            isolate(plan, refused);
            return;
        }
        acknowledgements.accept(plan);
    }

    /** One bad report must not hold back the others: halves the plan until the bad one stands alone, and gives that up. */
    private void isolate(ReportPlan plan, ApiException.Rejected refused) throws ApiException, InterruptedException {
        if (plan.changed().size() > 1) {
            var middle = plan.changed().size() / 2;
            send(new ReportPlan(plan.changed().subList(0, middle), plan.deleted()));
            send(new ReportPlan(plan.changed().subList(middle, plan.changed().size()), List.of()));
            return;
        }
        if (!plan.changed().isEmpty() && !plan.deleted().isEmpty()) {
            // Refused for the report or for a deletion: neither may be given up for the other.
            send(new ReportPlan(plan.changed(), List.of()));
            send(new ReportPlan(List.of(), plan.deleted()));
            return;
        }
        LOG.atError()
                .addKeyValue(
                        "keys",
                        plan.changed().stream().map(held -> held.entry().key()).toList())
                .addKeyValue("reason", refused.getMessage())
                .log("control plane refuses a report, it is not sent again until it changes");
        acknowledgements.accept(plan);
    }

    private static DataEntry onTheWire(ReportEntry entry, Instant now) {
        return new DataEntry(
                entry.key(),
                entry.contentType(),
                entry.payloadJson(),
                entry.version(),
                entry.updatedAt().orElse(now));
    }
}
