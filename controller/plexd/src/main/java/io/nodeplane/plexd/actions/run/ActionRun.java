package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.actions.Execution;
import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.ExecutionResult.Status;
import io.nodeplane.plexd.actions.Streams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One accepted request on its way to a result. Thread-safe. */
final class ActionRun {
    /** What is to be run. */
    @FunctionalInterface
    interface Work {
        /** Gives an exit code. */
        int run(Streams streams) throws ActionFailed, InterruptedException;
    }

    private final Execution request;
    private final Streams streams;
    private final TimedRun run;
    private final InstantSource clock;

    ActionRun(Execution request, int maxOutputBytes, InstantSource clock, Work work) {
        this.request = request;
        this.streams = Streams.limitedTo(maxOutputBytes);
        this.run = new TimedRun("action " + request.action(), () -> work.run(streams));
        this.clock = clock;
    }

    Execution request() {
        return request;
    }

    /** Runs; an interrupt of the caller cancels. */
    ExecutionResult within(Duration limit) throws InterruptedException {
        var began = clock.instant();
        if (limit.isZero()) {
            return result(began, Status.TIMEOUT, ExecutionResult.NO_EXIT_CODE, "the request expired before it was run");
        }
        return switch (run.within(limit)) {
            case TimedRun.End.Exited(int code) ->
                result(
                        began,
                        code == 0 ? Status.SUCCESS : Status.FAILED,
                        code,
                        streams.stderr().text());
            case TimedRun.End.NotRun(String reason) -> notRun(began, reason);
            case TimedRun.End.TimedOut() ->
                result(
                        began,
                        Status.TIMEOUT,
                        ExecutionResult.NO_EXIT_CODE,
                        streams.stderr().text());
            case TimedRun.End.Cancelled() ->
                result(
                        began,
                        Status.CANCELLED,
                        ExecutionResult.NO_EXIT_CODE,
                        streams.stderr().text());
        };
    }

    /** A result without a run. */
    ExecutionResult notRun(String reason) {
        return notRun(clock.instant(), reason);
    }

    void cancel() {
        run.cancel();
    }

    private ExecutionResult notRun(Instant began, String reason) {
        return result(began, Status.ERROR, ExecutionResult.NO_EXIT_CODE, reason);
    }

    private ExecutionResult result(Instant began, Status status, int exitCode, String stderr) {
        var now = clock.instant();
        var took = Duration.between(began, now);
        return new ExecutionResult(
                request.id(),
                status,
                exitCode,
                streams.stdout().text(),
                stderr,
                // A clock that was set back must not yield a duration that no reader expects.
                took.isNegative() ? Duration.ZERO : took,
                now,
                request.triggeredBy());
    }
}
