package io.nodeplane.plexd.identity;

import java.io.IOException;
import java.util.Optional;

/**
 * Where this node's identity is kept between starts (protocol facts 2.5 and 2.6).
 *
 * <p>After a crash at any point the next {@link #load} gives a whole identity or none, never a mixture. Used by one thread
 * at a time, but for {@link #replaceSigningKey}.
 */
public interface Identities {
    /**
     * The identity; empty when there is none or it is unusable, which is then set aside and told.
     *
     * @throws IOException when the place itself cannot be read
     */
    Optional<Identity> load() throws IOException;

    /**
     * Makes sure that an identity could be stored, before a one-time token is spent on it.
     *
     * @throws IOException naming the place when it is read-only, full or missing its permissions
     */
    void prepare() throws IOException;

    /** Replaces the identity as a whole; one that was there is set aside as rejected, not deleted. */
    void store(Identity identity, MeshKey meshKey) throws IOException;

    /** Keeps a rotated signing key, so that events can be verified right after the next start (protocol facts 4.4). */
    void replaceSigningKey(SigningKey signingKey) throws IOException;

    /** Deletes the identity after the control plane has let the node go: its keys open nothing any more. */
    void forget() throws IOException;
}
