package io.nodeplane.plexd.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link Identities} does. */
abstract class IdentitiesContract {
    static final MeshKey MESH_KEY = MeshKey.generate(new Random(1));
    static final SigningKey ROTATED = new SigningKey("MCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=");

    static final Identity PLATFORM = new Identity(
            new NodeId("0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a3"),
            "10.99.0.1",
            new SigningKey("did:web:plexsphere.com#key-e2e", "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="),
            new NodeSecretKey("AAECAwQFBgcICQoLDA0OD4CRorPE1eb3+Onay7ytno8="),
            WireContract.V1_2026,
            "10.99.0.0/24");

    abstract Identities identities();

    static Identity identity(String nodeId) {
        return new Identity(
                new NodeId(nodeId),
                "10.99.0.2",
                new SigningKey("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="),
                new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));
    }

    @Test
    void hasNothingAtFirst() throws IOException {
        assertEquals(Optional.empty(), identities().load());
    }

    @Test
    void givesBackWhatWasStored() throws IOException {
        var identities = identities();
        identities.prepare();
        identities.store(identity("n-1"), MESH_KEY);

        assertEquals(Optional.of(identity("n-1")), identities.load());
    }

    @Test
    void replacesAnIdentityAsAWhole() throws IOException {
        var identities = identities();
        identities.store(identity("n-1"), MESH_KEY);
        identities.store(identity("n-2"), MeshKey.generate(new Random(2)));

        assertEquals(Optional.of(identity("n-2")), identities.load());
    }

    @Test
    void keepsARotatedSigningKey() throws IOException {
        var identities = identities();
        identities.store(identity("n-1"), MESH_KEY);
        identities.replaceSigningKey(ROTATED);

        assertEquals(Optional.of(ROTATED), identities.load().map(Identity::signingKey));
        assertEquals(Optional.of(new NodeId("n-1")), identities.load().map(Identity::nodeId));
    }

    @Test
    void forgets() throws IOException {
        var identities = identities();
        identities.store(identity("n-1"), MESH_KEY);
        identities.forget();
        identities.forget();

        assertEquals(Optional.empty(), identities.load());
    }

    @Test
    void keepsTheContractAndTheNamesThatBelongToIt() throws IOException {
        var identities = identities();
        identities.store(PLATFORM, MESH_KEY);
        assertEquals(Optional.of(PLATFORM), identities.load());

        var next = new SigningKey("did:web:plexsphere.com#key-2", ROTATED.text());
        identities.replaceSigningKey(next);
        assertEquals(Optional.of(PLATFORM.with(next)), identities.load());
    }

    @Test
    void refusesASigningKeyForNobody() {
        assertThrows(IOException.class, () -> identities().replaceSigningKey(ROTATED));
    }
}
