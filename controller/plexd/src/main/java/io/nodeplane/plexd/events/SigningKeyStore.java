package io.nodeplane.plexd.events;

import io.nodeplane.plexd.identity.SigningKey;
import java.io.IOException;

/** Keeps the event key over a restart: after a rotation the registration's key verifies nothing (protocol facts 4.4). */
@FunctionalInterface
public interface SigningKeyStore {
    /** Makes the key the stored one; durable when it returns. */
    void keep(SigningKey current) throws IOException;
}
