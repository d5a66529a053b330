package io.nodeplane.plexd.actions;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How an execution ended.
 *
 * @param exitCode of the process; {@value #NO_EXIT_CODE} when none ended by itself
 * @param triggeredBy as the request had it
 */
public record ExecutionResult(
        String executionId,
        Status status,
        int exitCode,
        String stdout,
        String stderr,
        Duration duration,
        Instant finishedAt,
        Optional<String> triggeredBy) {
    /** Where there is no exit code. */
    public static final int NO_EXIT_CODE = -1;

    /** The five ends (protocol facts 8.1). */
    public enum Status {
        /** Exit code 0. */
        SUCCESS,
        /** Another exit code. */
        FAILED,
        /** Ran longer than it may. */
        TIMEOUT,
        /** The agent was stopped, or the caller went away. */
        CANCELLED,
        /** Was not run, or it is not known how it ended. */
        ERROR;

        /** The contract's word. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Without the output, which may hold anything. */
    @Override
    public String toString() {
        return "ExecutionResult[" + executionId + ", " + status + ", " + exitCode + "]";
    }
}
