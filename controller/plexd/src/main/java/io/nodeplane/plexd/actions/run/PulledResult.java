package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Output;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Progress;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Step;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A result as the last step of a pulled execution (protocol facts 8.3). */
final class PulledResult {
    private PulledResult() {}

    static Step step(ExecutionResult result, Optional<Output> output) {
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
        return new Step(progress, exitCode, error, OptionalLong.empty(), output);
    }
}
