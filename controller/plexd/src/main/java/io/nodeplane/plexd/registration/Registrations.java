package io.nodeplane.plexd.registration;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.Identity;
import java.util.Map;
import java.util.UUID;

/** The control plane's door for new nodes. */
@FunctionalInterface
public interface Registrations {
    /**
     * Registers once, without retry.
     *
     * @throws ApiException.Malformed when the answer lacks a member or a key has the wrong length; nothing is stored then
     */
    Identity register(Request request) throws ApiException, InterruptedException;

    /**
     * What a new node tells.
     *
     * @param token the one-time credential
     * @param hostname non-empty
     * @param publicKey X25519 public key, standard base64 of 32 bytes (44 characters)
     * @param metadata free labels from {@code registration.metadata}
     * @param nonce of this registration, the same in all its attempts (protocol facts 2.3); not every contract sends it
     */
    record Request(BootstrapToken token, String hostname, String publicKey, Map<String, String> metadata, UUID nonce) {
        public Request {
            metadata = Map.copyOf(metadata);
        }
    }
}
