package io.nodeplane.plexd.integrity;

import io.nodeplane.plexd.http.ApiException;

/** Where violations are told (protocol facts 8.5). */
@FunctionalInterface
public interface Violations {
    /** Tells one, without retry. */
    void report(Violation violation) throws ApiException, InterruptedException;
}
