package io.nodeplane.plexd.capabilities;

import io.nodeplane.plexd.http.ApiException;

/** Where capabilities are told. */
@FunctionalInterface
public interface CapabilityReports {
    /** Replaces what the control plane knows, without retry. */
    void put(Capabilities capabilities) throws ApiException, InterruptedException;
}
