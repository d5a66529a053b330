package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.Condition;
import io.nodeplane.plexd.hooks.HookStatus.NodeResult;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The status that follows from what happened; pure. */
final class HookProgress {
    /** Condition: whether the agents take the hook as it is. */
    static final String ACCEPTED = "Accepted";
    /** Condition: every Job succeeded; {@code kubectl wait} asks for it. */
    static final String COMPLETE = "Complete";
    /** Condition: a Job did not succeed, or could not be made. */
    static final String FAILED = "Failed";

    /** Failed nodes named in the message of the whole; the entries have them all. */
    private static final int NAMED_NODES = 3;

    private HookProgress() {}

    /** No Job will be made of this spec. */
    static HookStatus refused(HookObserved hook, HookRules.Refusal refusal, Instant now) {
        var accepted = new Condition(ACCEPTED, false, refusal.reason(), refusal.message(), now, hook.generation());
        return ended(hook, Optional.empty(), List.of(), "", Phase.FAILED, refusal, now, now, accepted);
    }

    /** The Job of the one node could not be made. */
    static HookStatus notCreated(HookObserved hook, String message, Instant now) {
        var failure = new HookRules.Refusal("JobNotCreated", message);
        return ended(hook, Optional.empty(), List.of(), "", Phase.FAILED, failure, now, now, accepted(hook, "", now));
    }

    /** The nodes are known that will run the hook, each with a Job of its own. */
    static HookStatus begun(HookObserved hook, Collection<String> nodes, Instant now) {
        var summary = nodes.size() + (nodes.size() == 1 ? " node" : " nodes");
        return new HookStatus(
                Optional.of(HookDesired.statusJobName(hook)),
                Optional.of(Phase.RUNNING),
                "",
                Optional.of(now),
                Optional.empty(),
                hook.generation(),
                summary,
                List.of(accepted(hook, summary + " with the labels", now)),
                nodes.stream().map(NodeResult::expected).toList());
    }

    /**
     * One node's entry.
     *
     * @param message why the Job failed, or what its pod waits for
     */
    static NodeResult result(HookObserved hook, JobObserved job, String message, Instant now) {
        var before = hook.status().on(job.node()).map(NodeResult::phase).orElse(Phase.PENDING);
        var phase = job.phase().orLater(before);
        var completed = phase.isFinal() ? Optional.of(job.completedAt().orElse(now)) : Optional.<Instant>empty();
        var kept = phase == Phase.RUNNING || phase == Phase.SUCCEEDED ? "" : message;
        return new NodeResult(job.node(), Optional.of(job.name()), phase, kept, completed);
    }

    /** The whole status of a hook that one node runs. */
    static HookStatus alone(HookObserved hook, NodeResult result, Instant now) {
        var accepted = accepted(hook, "", now);
        if (result.isFinal()) {
            var reason = new HookRules.Refusal(
                    result.phase() == Phase.FAILED ? "JobFailed" : "JobComplete", result.message());
            return ended(
                    hook,
                    result.jobName(),
                    List.of(result),
                    result.node(),
                    result.phase(),
                    reason,
                    result.completedAt().orElse(now),
                    now,
                    accepted);
        }
        return new HookStatus(
                result.jobName(),
                Optional.of(result.phase()),
                "",
                Optional.of(startedAt(hook, now)),
                Optional.empty(),
                hook.generation(),
                result.node(),
                List.of(accepted),
                List.of(result));
    }

    /** The end of a hook that many nodes ran; all agents come to the same, whoever says it. */
    static HookStatus closed(HookObserved hook, Instant now) {
        var nodes = hook.status().nodes();
        var failed = nodes.stream().filter(node -> node.phase() == Phase.FAILED).toList();
        var phase = failed.isEmpty() ? Phase.SUCCEEDED : Phase.FAILED;
        var summary =
                failed.isEmpty() ? nodes.size() + " succeeded" : failed.size() + " of " + nodes.size() + " failed";
        var reason =
                new HookRules.Refusal(failed.isEmpty() ? "JobsComplete" : "JobsFailed", message(nodes.size(), failed));
        var end = nodes.stream()
                .flatMap(node -> node.completedAt().stream())
                .max(Instant::compareTo)
                .orElse(now);
        return ended(hook, hook.status().jobName(), nodes, summary, phase, reason, end, end, accepted(hook, "", now));
    }

    private static String message(int all, List<NodeResult> failed) {
        if (failed.isEmpty()) {
            return "";
        }
        var text = new StringBuilder();
        text.append(failed.size()).append(" of ").append(all).append(" nodes failed");
        failed.stream()
                .limit(NAMED_NODES)
                .forEach(node ->
                        text.append("\n").append(node.node()).append(": ").append(node.message()));
        return failed.size() > NAMED_NODES ? text.append("\n…").toString() : text.toString();
    }

    private static HookStatus ended(
            HookObserved hook,
            Optional<String> jobName,
            List<NodeResult> nodes,
            String summary,
            Phase phase,
            HookRules.Refusal reason,
            Instant completedAt,
            Instant now,
            Condition accepted) {
        var type = phase == Phase.SUCCEEDED ? COMPLETE : FAILED;
        var end = new Condition(type, true, reason.reason(), reason.message(), now, hook.generation());
        return new HookStatus(
                jobName,
                Optional.of(phase),
                phase == Phase.FAILED ? reason.message() : "",
                Optional.of(startedAt(hook, now)),
                Optional.of(completedAt),
                hook.generation(),
                summary,
                List.of(accepted, end),
                nodes);
    }

    /** A spec that was mended after it was refused begins anew. */
    private static Instant startedAt(HookObserved hook, Instant now) {
        return hook.hasBegun() ? hook.status().startedAt().orElse(now) : now;
    }

    private static Condition accepted(HookObserved hook, String message, Instant now) {
        var said = hook.status().conditions().stream()
                .filter(condition -> condition.type().equals(ACCEPTED)
                        && condition.status()
                        && condition.generation() == hook.generation())
                .findFirst();
        if (said.isPresent()) {
            return said.get();
        }
        var reason = hook.spec().target() instanceof Target.Labelled ? "NodesListed" : "Taken";
        return new Condition(ACCEPTED, true, reason, message, now, hook.generation());
    }
}
