package io.nodeplane.plexd.identity;

import java.io.IOException;
import java.util.Optional;

/**
 * The mesh key that is being rotated in, beside the one in use (protocol facts 2.5 and 4.5). It is kept before it is told,
 * so that a crash at any point never leaves the node without the key that the control plane knows. Used by one thread at a
 * time.
 */
public interface StagedMeshKeys {
    /** The key of a rotation that is not finished; an unusable one is set aside and counts as none. */
    Optional<MeshKey> staged() throws IOException;

    /** Keeps a key that will be offered; durable when it returns. */
    void stage(MeshKey next) throws IOException;

    /** Makes a key the one in use, and ends the rotation. */
    void promote(MeshKey accepted) throws IOException;

    /** Ends a rotation without a new key; does nothing when there is none. */
    void drop() throws IOException;
}
