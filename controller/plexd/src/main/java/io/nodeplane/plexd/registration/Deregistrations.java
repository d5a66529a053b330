package io.nodeplane.plexd.registration;

import io.nodeplane.plexd.http.ApiException;

/** Where a node says that it is going for good (protocol facts 3.2, {@code POST …/deregister}). */
@FunctionalInterface
public interface Deregistrations {
    /** Says it once, without retry; afterwards the credential is worth nothing. */
    void deregister() throws ApiException, InterruptedException;
}
