package io.nodeplane.plexd.identity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Identities that live as long as the object; a fake for tests. */
public final class InMemoryIdentities implements Identities, StagedMeshKeys {
    private @Nullable Identity identity;
    private @Nullable MeshKey meshKey;
    private @Nullable MeshKey pending;
    private final List<Identity> rejected = new ArrayList<>();

    public InMemoryIdentities() {}

    @Override
    public Optional<Identity> load() {
        return Optional.ofNullable(identity);
    }

    @Override
    public void prepare() {
        // Memory is always writable.
    }

    @Override
    public void store(Identity fresh, MeshKey freshKey) {
        if (identity != null) {
            rejected.add(identity);
        }
        identity = fresh;
        meshKey = freshKey;
        pending = null;
    }

    @Override
    public void replaceSigningKey(SigningKey signingKey) throws IOException {
        var current = identity;
        if (current == null) {
            throw new IOException("no identity to give a signing key to");
        }
        identity = current.with(signingKey);
    }

    @Override
    public Optional<MeshKey> staged() {
        return Optional.ofNullable(pending);
    }

    @Override
    public void stage(MeshKey next) {
        pending = next;
    }

    @Override
    public void promote(MeshKey accepted) {
        meshKey = accepted;
        pending = null;
    }

    @Override
    public void drop() {
        pending = null;
    }

    /** The key in use. */
    public Optional<MeshKey> meshKey() {
        return Optional.ofNullable(meshKey);
    }

    @Override
    public void forget() {
        identity = null;
    }

    /** Identities that were replaced, oldest first. */
    public List<Identity> rejected() {
        return List.copyOf(rejected);
    }
}
