package io.nodeplane.plexd.nodeapi.services;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.secrets.SecretOpener;
import io.nodeplane.plexd.secrets.SecretUnavailable;
import io.nodeplane.plexd.secrets.Secrets;

/** Fetches and opens a secret each time it is asked for: what the node API gives out is never older than the question. */
public record NodeSecrets(Secrets secrets, SecretOpener opener) {
    /**
     * A secret in plain text.
     *
     * @param value never logged, never stored
     */
    public record Opened(String key, String value, long version) {
        @Override
        public String toString() {
            return "Opened[" + key + ", version " + version + "]";
        }
    }

    /** Asks the control plane. */
    public Opened open(String key) throws ApiException, SecretUnavailable, InterruptedException {
        var sealed = secrets.fetch(key);
        return new Opened(key, opener.open(key, sealed), sealed.version());
    }
}
