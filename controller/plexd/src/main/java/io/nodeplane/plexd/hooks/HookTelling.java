package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.cluster.ClusterFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What is said about hooks in the log (seed "PlexdHook", structured logging), in events and in counters. */
final class HookTelling {
    private static final Logger LOG = LoggerFactory.getLogger(HookTelling.class);
    private static final String COMPONENT = "plexdhook-controller";

    private final HookSurroundings surroundings;
    private final HookMetrics metrics;
    private final String node;

    HookTelling(HookSurroundings surroundings, HookMetrics metrics, String node) {
        this.surroundings = surroundings;
        this.metrics = metrics;
        this.node = node;
    }

    void started(String namespace) {
        said(LOG.atInfo())
                .addKeyValue("namespace", namespace)
                .addKeyValue("node", node)
                .log("Controller started");
    }

    void created(HookObserved hook, JobObserved job) {
        metrics.job("created");
        said(LOG.atInfo())
                .addKeyValue("hook", hook.name())
                .addKeyValue("job", job.name())
                .addKeyValue("node", node)
                .log("Job created");
        record(hook, true, "JobCreated", "Job " + job.name() + " on node " + node);
    }

    void exists(HookObserved hook, JobObserved job) {
        metrics.job("exists");
        said(LOG.atInfo())
                .addKeyValue("hook", hook.name())
                .addKeyValue("job", job.name())
                .log("Job already exists");
    }

    /** A retry that fails as before is told at debug only. */
    void notCreated(HookObserved hook, String error, boolean again) {
        metrics.job("failed");
        said(again ? LOG.atDebug() : LOG.atError())
                .addKeyValue("hook", hook.name())
                .addKeyValue("error", error)
                .log("Job creation failed");
    }

    void notWritten(String hook, String error, boolean again) {
        metrics.write("failure");
        said(again ? LOG.atDebug() : LOG.atWarn())
                .addKeyValue("hook", hook)
                .addKeyValue("error", error)
                .log("Status update failed");
    }

    void written() {
        metrics.write("success");
    }

    /** Somebody else was faster: no fault, it is looked at again. */
    void overtaken() {
        metrics.write("conflict");
    }

    void refused(HookObserved hook, HookRules.Refusal refusal) {
        said(LOG.atWarn())
                .addKeyValue("hook", hook.name())
                .addKeyValue("reason", refusal.message())
                .log("Hook refused");
        record(hook, false, refusal.reason(), refusal.message());
    }

    /** This node is done with a hook. */
    void ended(HookObserved hook, HookStatus.NodeResult result) {
        metrics.ended(result.phase());
        var succeeded = result.phase() == HookStatus.Phase.SUCCEEDED;
        // With many nodes the good news is told once, for all.
        if (succeeded && hook.spec().target() instanceof HookSpec.Target.Labelled) {
            return;
        }
        var job = result.jobName().orElse("");
        record(
                hook,
                succeeded,
                succeeded ? "JobComplete" : "JobFailed",
                succeeded ? "Job " + job + " is complete" : "node " + node + ": " + result.message());
    }

    void begun(HookObserved hook) {
        record(hook, true, "NodesListed", "runs on " + hook.status().nodeSummary());
    }

    void closed(HookObserved hook) {
        var succeeded =
                hook.status().phase().filter(HookStatus.Phase.SUCCEEDED::equals).isPresent();
        record(hook, succeeded, succeeded ? "Complete" : "Failed", hook.status().nodeSummary());
    }

    void broken(ClusterFault fault, boolean again) {
        said(again ? LOG.atDebug() : LOG.atWarn())
                .addKeyValue("error", fault.getMessage())
                .addKeyValue("remedy", fault.remedy())
                .log("Hooks are not in sync, will retry");
    }

    private void record(HookObserved hook, boolean normal, String reason, String message) {
        try {
            surroundings.record(new HookSurroundings.Event(hook, node, normal, reason, message));
        } catch (ClusterFault fault) {
            // An event is a courtesy: the status says the same.
            said(LOG.atDebug())
                    .addKeyValue("hook", hook.name())
                    .addKeyValue("error", fault.getMessage())
                    .log("Event not recorded");
        }
    }

    private static LoggingEventBuilder said(LoggingEventBuilder event) {
        return event.addKeyValue("component", COMPONENT);
    }
}
