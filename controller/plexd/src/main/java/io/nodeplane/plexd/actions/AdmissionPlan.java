package io.nodeplane.plexd.actions;

import java.util.Optional;

/**
 * Whether a request is run; the checks are asked in the order of the contract (protocol facts 8.1).
 *
 * @param refusal absent when it is run
 */
public record AdmissionPlan(Optional<Refusal> refusal) {
    /**
     * What the decision looks at.
     *
     * @param enabled actions are switched on
     * @param stopping the agent is being stopped
     * @param seen the id runs or was run, in this process or before
     * @param running executions that run now
     * @param allowed executions that may run at a time
     * @param known an action or hook has the name
     */
    public record Observed(boolean enabled, boolean stopping, boolean seen, int running, int allowed, boolean known) {}

    /** The decision. */
    public static AdmissionPlan of(Observed observed) {
        if (!observed.enabled()) {
            return refused(Refusal.ACTIONS_DISABLED);
        }
        if (observed.stopping()) {
            return refused(Refusal.SHUTTING_DOWN);
        }
        if (observed.seen()) {
            return refused(Refusal.DUPLICATE_EXECUTION_ID);
        }
        if (observed.running() >= observed.allowed()) {
            return refused(Refusal.MAX_CONCURRENT_REACHED);
        }
        return observed.known() ? new AdmissionPlan(Optional.empty()) : refused(Refusal.UNKNOWN_ACTION);
    }

    private static AdmissionPlan refused(Refusal refusal) {
        return new AdmissionPlan(Optional.of(refusal));
    }
}
