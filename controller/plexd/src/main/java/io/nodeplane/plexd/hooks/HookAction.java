package io.nodeplane.plexd.hooks;

import java.util.Map;

/** The next thing to do for a hook. */
sealed interface HookAction {
    /** Say why the hook is not run. */
    record Refuse(HookRules.Refusal refusal) implements HookAction {}

    /** Find the nodes that have the labels and list them in the status. */
    record ListNodes(Map<String, String> labels) implements HookAction {}

    /** Make the Job. */
    record CreateJob(HookDesired job) implements HookAction {}

    /** Say in the status how far the Job is. */
    record Report(JobObserved job) implements HookAction {}

    /** The Job that the status names is not known: find out whether it is gone. */
    record LookForJob(String name) implements HookAction {}

    /** All nodes have ended: say what came of it. */
    record Close() implements HookAction {}
}
