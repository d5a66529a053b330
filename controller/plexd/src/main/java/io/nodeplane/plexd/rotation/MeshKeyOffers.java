package io.nodeplane.plexd.rotation;

import io.nodeplane.plexd.http.ApiException;

/** Where the public half of a new mesh key is told (protocol facts 4.5). */
@FunctionalInterface
public interface MeshKeyOffers {
    /**
     * Offers a key once, without retry; the same key again is answered in the same way.
     *
     * @param publicKey standard base64 of 32 bytes
     */
    Answer offer(String publicKey) throws ApiException, InterruptedException;

    /** What became of it. */
    enum Answer {
        /** It is the node's key from now on. */
        TAKEN,
        /** The control plane wants no new key. */
        NOT_WANTED
    }
}
