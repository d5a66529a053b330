package io.nodeplane.plexd.capabilities;

import io.nodeplane.plexd.http.ApiException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Where the agent tells how far an execution is that it pulled with the state (protocol facts 8.3). */
@FunctionalInterface
public interface ExecutionCallbacks {
    /**
     * Tells one step, without retry. A step that the control plane has already recorded is refused with 409.
     *
     * @param executionId as pulled
     * @return where to put the output, when its size was declared
     */
    Optional<String> tell(String executionId, Step step) throws ApiException, InterruptedException;

    /** The legal order: acknowledged, started, then one of the others. */
    enum Progress {
        ACKNOWLEDGED,
        STARTED,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /**
     * One step.
     *
     * @param error a word of the contract, for example {@code unknown_action}; empty when there is none
     * @param declaredOutputBytes size of an output that is too large to be sent inline
     */
    record Step(
            Progress progress,
            OptionalInt exitCode,
            String error,
            OptionalLong declaredOutputBytes,
            Optional<Output> output) {
        /** A step without any result. */
        public static Step of(Progress progress) {
            return new Step(progress, OptionalInt.empty(), "", OptionalLong.empty(), Optional.empty());
        }

        /** The end of an execution that was not run. */
        public static Step refused(String error) {
            return new Step(Progress.FAILED, OptionalInt.empty(), error, OptionalLong.empty(), Optional.empty());
        }
    }

    /** What an action printed. */
    sealed interface Output {
        /** In the callback itself: at most 16 KiB. */
        record Inline(byte[] bytes) implements Output {}

        /**
         * Uploaded before.
         *
         * @param objectKey path of the upload's URL without its leading slash
         * @param sha256 hex
         */
        record Stored(String objectKey, String sha256) implements Output {}
    }
}
