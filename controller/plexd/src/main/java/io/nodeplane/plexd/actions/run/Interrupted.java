package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.ExecutionResult;
import java.time.Duration;
import java.time.Instant;

/** What is told of an execution whose end nobody saw. */
final class Interrupted {
    private static final String WHY = "interrupted by a restart of the agent, not run again";

    private Interrupted() {}

    static ExecutionResult result(ExecutionLedger.Begun begun, Instant now) {
        return new ExecutionResult(
                begun.id(),
                ExecutionResult.Status.ERROR,
                ExecutionResult.NO_EXIT_CODE,
                "",
                WHY,
                // Nobody knows how long it ran.
                Duration.ZERO,
                now,
                begun.triggeredBy());
    }
}
