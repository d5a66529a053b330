package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.BoundedOutput;
import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Output;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Progress;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Step;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A result as the last step of a pulled execution (protocol facts 8.3). */
final class PulledResult {
    /** What a callback may carry, 16 KiB, without the suffix that tells of more. Larger outputs are cut, not uploaded. */
    private static final int MAX_INLINE = (16 << 10) - 32;

    private PulledResult() {}

    static Step step(ExecutionResult result) {
        var progress = switch (result.status()) {
            case SUCCESS -> Progress.SUCCEEDED;
            case CANCELLED -> Progress.CANCELLED;
            case FAILED, TIMEOUT, ERROR -> Progress.FAILED;
        };
        var error = switch (result.status()) {
            case TIMEOUT, ERROR -> result.status().word();
            case SUCCESS, FAILED, CANCELLED -> "";
        };
        var exitCode = result.exitCode() < 0 ? OptionalInt.empty() : OptionalInt.of(result.exitCode());
        return new Step(progress, exitCode, error, OptionalLong.empty(), output(result));
    }

    /** The contract has one output: what was printed, then what was complained about. */
    private static Optional<Output> output(ExecutionResult result) {
        var both = (result.stdout() + result.stderr()).getBytes(StandardCharsets.UTF_8);
        if (both.length == 0) {
            return Optional.empty();
        }
        var cut = new BoundedOutput(MAX_INLINE);
        cut.write(both, 0, both.length);
        return Optional.of(new Output.Inline(cut.text().getBytes(StandardCharsets.UTF_8)));
    }
}
