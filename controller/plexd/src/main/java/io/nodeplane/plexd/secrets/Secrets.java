package io.nodeplane.plexd.secrets;

import io.nodeplane.plexd.http.ApiException;

/** The control plane's secrets for this node. */
@FunctionalInterface
public interface Secrets {
    /** Fetches one secret by name, sealed, without retry. */
    SealedSecret fetch(String key) throws ApiException, InterruptedException;
}
