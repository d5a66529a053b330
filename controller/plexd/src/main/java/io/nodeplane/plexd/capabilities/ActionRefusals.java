package io.nodeplane.plexd.capabilities;

import io.nodeplane.plexd.http.ApiException;

/** Where the agent tells that it will not run an action (protocol facts 8.1). */
@FunctionalInterface
public interface ActionRefusals {
    /**
     * Tells it once, without retry.
     *
     * @param executionId as requested
     * @param reason a word of the contract, for example {@code actions_disabled}
     */
    void refuse(String executionId, String reason) throws ApiException, InterruptedException;
}
