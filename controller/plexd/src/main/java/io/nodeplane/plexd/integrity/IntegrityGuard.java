package io.nodeplane.plexd.integrity;

import io.nodeplane.plexd.outbox.Outbox;
import io.nodeplane.runtime.lifecycle.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files after the start, at every interval and when hooks change, and tells what differs. It only reports: what is to be done
 * about a changed program is not the program's to decide. {@link #hooksChanged} and {@link #refused} are thread-safe, the rest belongs to
 * one thread.
 */
public final class IntegrityGuard implements Worker.Body {
    private static final Logger LOG = LoggerFactory.getLogger(IntegrityGuard.class);

    /** Reading all jars must not take the processor from the start. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(10);

    /** What is looked at. */
    public record Subject(String version, ProgramFiles program, HookChecksums hooks) {}

    private final Subject subject;
    private final BaselineFile file;
    private final Duration interval;
    private final Outbox<Violation> outbox;
    private final InstantSource clock;
    private final IntegrityMetrics metrics;
    private final Semaphore changed = new Semaphore(0);
    private Optional<Baseline> baseline = Optional.empty();
    private boolean unsaved;

    /**
     * Looks at nothing yet.
     *
     * @param file of the baseline, usually {@code checksums.json} in the data directory
     */
    public IntegrityGuard(
            Subject subject,
            Path file,
            Duration interval,
            Outbox<Violation> outbox,
            InstantSource clock,
            IntegrityMetrics metrics) {
        this.subject = subject;
        this.file = new BaselineFile(file);
        this.interval = interval;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The hook directory holds something else: look now. */
    public void hooksChanged() {
        changed.release();
    }

    /** A hook was not run because its bytes are not those that were asked for. */
    public void refused(Path hook, String expected, String actual) {
        tell(new Violation(
                Violation.Kind.HOOK,
                Violation.Detection.PRE_DISPATCH,
                hook.toString(),
                expected,
                actual,
                "content is not what was asked for, not run (pre_dispatch)",
                clock.instant()));
    }

    @Override
    public void run() throws InterruptedException {
        var _ = changed.tryAcquire(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
        changed.drainPermits();
        lookAfterStart();
        while (true) {
            var heard = changed.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
            changed.drainPermits();
            look(heard ? Violation.Detection.INOTIFY : Violation.Detection.PERIODIC_SCAN);
        }
    }

    /** Compares with what an earlier process has left. */
    void lookAfterStart() {
        baseline = file.load();
        look(Violation.Detection.STARTUP_SCAN);
    }

    /** One look. */
    void look(Violation.Detection detection) {
        var observed = new IntegrityPlan.Observed(
                subject.version(),
                subject.program().checksums(),
                subject.hooks().read(),
                clock.instant());
        var plan = IntegrityPlan.between(baseline, observed, detection);
        // Told first: a crash in between repeats a violation and loses none.
        plan.violations().forEach(this::tell);
        plan.note()
                .ifPresent(note -> LOG.atInfo()
                        .addKeyValue("files", plan.next().binary().size())
                        .addKeyValue("hooks", plan.next().hooks().size())
                        .log(note));
        metrics.different(plan.next().reported().size());
        keep(plan.next());
    }

    private void keep(Baseline next) {
        var isNew = !baseline.equals(Optional.of(next));
        baseline = Optional.of(next);
        if (!isNew && !unsaved) {
            return;
        }
        try {
            file.save(next);
            unsaved = false;
        } catch (IOException refused) {
            if (!unsaved) {
                LOG.atWarn()
                        .addKeyValue("reason", refused.toString())
                        .log("checksum baseline cannot be stored, will retry");
            }
            unsaved = true;
        }
    }

    private void tell(Violation violation) {
        metrics.violated(violation.kind());
        LOG.atError()
                .addKeyValue("type", violation.kind().word())
                .addKeyValue("path", violation.path())
                .addKeyValue("expected", violation.expected())
                .addKeyValue("actual", violation.actual())
                .addKeyValue("reason", violation.detail())
                .log("integrity violation");
        outbox.put(violation, () -> {});
    }
}
