package io.nodeplane.plexd.actions;

import io.nodeplane.plexd.http.ApiException;

/** Where the control plane hears of its requests (protocol facts 8.1). */
public interface Executions {
    /** Tells it once, without retry. */
    void acknowledge(Acknowledgement acknowledgement) throws ApiException, InterruptedException;

    /** Tells the end, without retry. */
    void result(ExecutionResult result) throws ApiException, InterruptedException;

    /** The answer to a request. */
    sealed interface Acknowledgement {
        /** Of which request. */
        String executionId();

        /** It will be run. */
        record Accepted(String executionId) implements Acknowledgement {}

        /** It will not be run. */
        record Rejected(String executionId, Refusal reason) implements Acknowledgement {}
    }
}
