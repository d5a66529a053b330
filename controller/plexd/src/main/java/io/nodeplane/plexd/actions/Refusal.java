package io.nodeplane.plexd.actions;

import java.util.Locale;

/** Why a request is not run, in the order in which it is asked (protocol facts 8.1). */
public enum Refusal {
    ACTIONS_DISABLED,
    SHUTTING_DOWN,
    DUPLICATE_EXECUTION_ID,
    MAX_CONCURRENT_REACHED,
    UNKNOWN_ACTION;

    /** The contract's word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
