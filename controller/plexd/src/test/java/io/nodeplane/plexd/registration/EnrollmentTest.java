package io.nodeplane.plexd.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.FileIdentities;
import io.nodeplane.plexd.identity.Identities;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.InMemoryIdentities;
import io.nodeplane.plexd.identity.MeshKey;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.runtime.retry.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One registration as long as an identity holds (seed "Kubernetes E2E Test"). */
class EnrollmentTest {
    private static final Identity IDENTITY = identity("n-1");

    @TempDir
    Path directory;

    private final InMemoryRegistrations registrations = new InMemoryRegistrations(IDENTITY);

    @Test
    void registersOnceAndThenUsesWhatItKept() throws Exception {
        var identities = new InMemoryIdentities();

        assertEquals(IDENTITY, enrollment(identities, "t").enroll());
        assertEquals(IDENTITY, enrollment(identities, "").enroll());

        assertEquals(1, registrations.requests().size());
        var request = registrations.requests().getFirst();
        assertEquals("host", request.hostname());
        assertEquals(Map.of("zone", "a"), request.metadata());
        assertEquals(44, request.publicKey().length());
        assertEquals(4, request.nonce().version());
        assertEquals(2, request.nonce().variant());
    }

    @Test
    void storesTheKeyWhosePublicHalfItTold() throws Exception {
        enrollment(new FileIdentities(directory.resolve("data"), Clock.systemUTC()), "t")
                .enroll();

        var stored = new MeshKey(Files.readString(directory.resolve("data/private_key")));
        assertEquals(registrations.requests().getFirst().publicKey(), stored.publicText());
    }

    @Test
    void replacesARefusedIdentityOnlyAfterTheNewOneIsThere() throws Exception {
        var identities = new InMemoryIdentities();
        identities.store(identity("old"), MeshKey.generate(new Random(1)));
        registrations.failing(new ApiException.Rejected(403, "403"));

        assertThrows(RegistrationFailed.class, () -> enrollment(identities, "t").renew());
        assertEquals(Optional.of(identity("old")), identities.load());

        assertEquals(IDENTITY, enrollment(identities, "t").renew());
        assertEquals(List.of(identity("old")), identities.rejected());
    }

    @Test
    void deletesTheSpentTokenFile() throws Exception {
        Files.writeString(directory.resolve("token"), "t");

        enrollment(new InMemoryIdentities(), "").enroll();

        assertFalse(Files.exists(directory.resolve("token")));
    }

    @Test
    void keepsTheTokenFileWhenRegistrationFails() throws IOException {
        Files.writeString(directory.resolve("token"), "t");
        registrations.failing(new ApiException.Unauthorized("401"));

        assertThrows(
                RegistrationFailed.class,
                () -> enrollment(new InMemoryIdentities(), "").enroll());

        assertTrue(Files.exists(directory.resolve("token")));
    }

    @Test
    void spendsNoTokenWhenTheIdentityCouldNotBeKept() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "in the way");
        var identities = new FileIdentities(file.resolve("data"), Clock.systemUTC());

        var told = assertThrows(
                IOException.class, () -> enrollment(identities, "t").enroll());
        assertTrue(told.toString().contains(file.toString()), told.toString());
        assertEquals(List.of(), registrations.requests());
    }

    private Enrollment enrollment(Identities identities, String tokenValue) {
        var config = new RegistrationConfig(
                tokenValue,
                directory.resolve("token"),
                "TOKEN",
                false,
                "/imds",
                Duration.ofSeconds(1),
                "host",
                Map.of("zone", "a"),
                Duration.ofMinutes(5));
        var tokens = new TokenSources(config, Map.of(), (_, _) -> "");
        var patience = new Registrar.Patience(
                Backoff.CONTROL_PLANE, Duration.ofMinutes(5), Clock.systemUTC(), _ -> {}, new Random(1));
        return new Enrollment(identities, tokens, new Registrar(registrations, patience), config, new Random(3));
    }

    private static Identity identity(String nodeId) {
        return new Identity(
                new NodeId(nodeId),
                "10.99.0.2",
                new SigningKey("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="),
                new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));
    }
}
