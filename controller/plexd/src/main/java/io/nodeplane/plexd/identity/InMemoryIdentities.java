package io.nodeplane.plexd.identity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Identities that live as long as the object; a fake for tests. */
public final class InMemoryIdentities implements Identities {
    private @Nullable Identity identity;
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
    public void store(Identity fresh, MeshKey meshKey) {
        if (identity != null) {
            rejected.add(identity);
        }
        identity = fresh;
    }

    @Override
    public void replaceSigningKey(SigningKey signingKey) throws IOException {
        var current = identity;
        if (current == null) {
            throw new IOException("no identity to give a signing key to");
        }
        identity = new Identity(current.nodeId(), current.meshIp(), signingKey, current.secretKey());
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
