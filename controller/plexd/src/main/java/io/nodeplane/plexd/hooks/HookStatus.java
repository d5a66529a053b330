package io.nodeplane.plexd.hooks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the agents made of a PlexdHook.
 *
 * @param jobName empty until an agent has begun
 * @param nodes one entry for each node, sorted by node
 */
record HookStatus(
        Optional<String> jobName,
        Optional<Phase> phase,
        String message,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        long observedGeneration,
        String nodeSummary,
        List<Condition> conditions,
        List<NodeResult> nodes) {
    /** What an object has that nobody has looked at yet. */
    static final HookStatus NONE = new HookStatus(
            Optional.empty(), Optional.empty(), "", Optional.empty(), Optional.empty(), 0, "", List.of(), List.of());

    HookStatus {
        conditions = List.copyOf(conditions);
        nodes = nodes.stream().sorted(Comparator.comparing(NodeResult::node)).toList();
    }

    /** How far an execution is; the order is the order in time. */
    enum Phase {
        /** The Job is there, its pod does not run yet. */
        PENDING,
        /** The pod runs. */
        RUNNING,
        /** The Job is complete. */
        SUCCEEDED,
        /** The Job failed, or could not be made. */
        FAILED;

        boolean isFinal() {
            return this == SUCCEEDED || this == FAILED;
        }

        /** Nothing goes back in time: a pod that has ended is no longer ready, and still was running. */
        Phase orLater(Phase other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** A condition in the Kubernetes form. */
    record Condition(String type, boolean status, String reason, String message, Instant since, long generation) {}

    /**
     * The hook on one node.
     *
     * @param jobName empty until the node's agent has begun
     * @param message why it failed or what it waits for; may be empty
     */
    record NodeResult(
            String node, Optional<String> jobName, Phase phase, String message, Optional<Instant> completedAt) {
        /** A node that is to run the hook and has not begun. */
        static NodeResult expected(String node) {
            return new NodeResult(node, Optional.empty(), Phase.PENDING, "", Optional.empty());
        }

        boolean isFinal() {
            return phase.isFinal();
        }
    }

    Optional<NodeResult> on(String node) {
        return nodes.stream().filter(result -> result.node().equals(node)).findFirst();
    }

    boolean isFinal() {
        return phase.filter(Phase::isFinal).isPresent();
    }

    boolean isFinalEverywhere() {
        return !nodes.isEmpty() && nodes.stream().allMatch(NodeResult::isFinal);
    }

    /** The same with one node's entry put in or replaced. */
    HookStatus with(NodeResult result) {
        var others = new ArrayList<>(nodes);
        others.removeIf(other -> other.node().equals(result.node()));
        others.add(result);
        return new HookStatus(
                jobName, phase, message, startedAt, completedAt, observedGeneration, nodeSummary, conditions, others);
    }
}
