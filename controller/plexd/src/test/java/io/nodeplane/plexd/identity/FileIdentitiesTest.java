package io.nodeplane.plexd.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileIdentitiesTest extends IdentitiesContract {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-02-20T12:00:00Z"), ZoneOffset.UTC);
    private static final String STAMP = "20260220T120000.000Z";

    @TempDir
    Path parent;

    @Override
    Identities identities() {
        return new FileIdentities(directory(), NOON);
    }

    private Path directory() {
        return parent.resolve("data");
    }

    @Test
    void writesTheDocumentedFilesForTheOwnerOnly() throws IOException {
        identities().store(identity("n-1"), MESH_KEY);

        assertEquals(List.of("identity.json", "node_secret_key", "private_key", "signing_public_key"), names());
        for (var name : names()) {
            assertEquals("rw-------", mode(directory().resolve(name)), name);
        }
        assertEquals("rwx------", mode(directory()));
        assertEquals("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", read("node_secret_key"));
        assertEquals(MESH_KEY.privateText(), read("private_key"));
        assertEquals("""
            {
              "node_id" : "n-1",
              "mesh_ip" : "10.99.0.2",
              "signing_public_key" : "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="
            }
            """, read("identity.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "identity.json|",
                "identity.json|{",
                "identity.json|[]",
                "identity.json|{\"node_id\":\"n-1\",\"mesh_ip\":\"\"}",
                "identity.json|{\"node_id\":\" \",\"mesh_ip\":\"10.99.0.2\"}",
                "identity.json|{\"mesh_ip\":\"10.99.0.2\"}",
                "identity.json|{\"node_id\":7,\"mesh_ip\":\"10.99.0.2\"}",
                "node_secret_key|short",
                "private_key|AAAA",
                "signing_public_key|not a key",
            })
    void setsACorruptIdentityAsideAndGivesNone(String name, String content) throws IOException {
        identities().store(identity("n-1"), MESH_KEY);
        Files.writeString(directory().resolve(name), content == null ? "" : content);

        assertEquals(Optional.empty(), identities().load());

        assertEquals(
                List.of(
                        "identity.json.corrupt-" + STAMP,
                        "node_secret_key.corrupt-" + STAMP,
                        "private_key.corrupt-" + STAMP,
                        "signing_public_key.corrupt-" + STAMP),
                names());
        assertEquals(content == null ? "" : content, read(name + ".corrupt-" + STAMP));
        assertEquals(Optional.empty(), identities().load());
    }

    @ParameterizedTest
    @CsvSource({"node_secret_key", "private_key", "signing_public_key"})
    void setsAnIdentityWithoutOneOfItsKeysAside(String name) throws IOException {
        identities().store(identity("n-1"), MESH_KEY);
        Files.delete(directory().resolve(name));

        assertEquals(Optional.empty(), identities().load());
        assertTrue(names().contains("identity.json.corrupt-" + STAMP), names().toString());
    }

    @Test
    void takesKeysWithoutTheirCommitAsNothing() throws IOException {
        identities().store(identity("n-1"), MESH_KEY);
        Files.delete(directory().resolve("identity.json"));

        assertEquals(Optional.empty(), identities().load());
        assertEquals(List.of("node_secret_key", "private_key", "signing_public_key"), names());
    }

    @Test
    void prefersTheSigningKeyFileToTheMember() throws IOException {
        identities().store(identity("n-1"), MESH_KEY);
        Files.writeString(directory().resolve("signing_public_key"), ROTATED.text() + "\n");

        assertEquals(Optional.of(ROTATED), identities().load().map(Identity::signingKey));
    }

    @Test
    void prefersTheMemberWhereKeysHaveNames() throws IOException {
        identities().store(PLATFORM, MESH_KEY);
        Files.writeString(directory().resolve("signing_public_key"), ROTATED.text());

        assertEquals(Optional.of(PLATFORM), identities().load());
    }

    @Test
    void writesTheNamesOfTheNewerContract() throws IOException {
        identities().store(PLATFORM, MESH_KEY);

        assertEquals("""
            {
              "node_id" : "0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a3",
              "mesh_ip" : "10.99.0.1",
              "signing_public_key" : "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=",
              "contract" : "v1-2026",
              "signing_key_id" : "did:web:plexsphere.com#key-e2e",
              "domain_mesh_cidr" : "10.99.0.0/24"
            }
            """, read("identity.json"));
    }

    @ParameterizedTest
    @CsvSource({"v1-2031, n-1", "v1-2026, n-1"})
    void setsAnIdentityAsideWhoseContractItCannotSpeak(String contract, String nodeId) throws IOException {
        identities().store(identity(nodeId), MESH_KEY);
        var other = read("identity.json").replace("{\n", "{\n  \"contract\": \"" + contract + "\",\n");
        Files.writeString(directory().resolve("identity.json"), other);

        assertEquals(Optional.empty(), identities().load());
        assertTrue(names().contains("identity.json.corrupt-" + STAMP), names().toString());
    }

    @Test
    void promotesAStagedMeshKeyAndSaysWhen() throws IOException {
        var next = MeshKey.generate(new java.util.Random(7));
        var identities = new FileIdentities(directory(), NOON);
        identities.store(PLATFORM, MESH_KEY);

        identities.stage(next);
        assertEquals(Optional.of(next), identities.staged());
        assertEquals("rw-------", mode(directory().resolve("rotation_pending_key")));
        assertEquals(MESH_KEY.privateText(), read("private_key"));
        identities.promote(next);

        assertEquals(Optional.empty(), identities.staged());
        assertEquals(next.privateText(), read("private_key"));
        assertTrue(read("identity.json").contains("\"last_rotation\" : \"2026-02-20T12:00:00Z\""));
        assertEquals(Optional.of(PLATFORM), identities.load());
    }

    @Test
    void setsAnUnusableStagedKeyAside() throws IOException {
        var identities = new FileIdentities(directory(), NOON);
        identities.store(PLATFORM, MESH_KEY);
        Files.writeString(directory().resolve("rotation_pending_key"), "AAAA");

        assertEquals(Optional.empty(), identities.staged());
        assertTrue(names().contains("rotation_pending_key.corrupt-" + STAMP), names().toString());
    }

    @Test
    void forgetsTheStagedKeyOfAReplacedIdentity() throws IOException {
        var identities = new FileIdentities(directory(), NOON);
        identities.store(PLATFORM, MESH_KEY);
        identities.stage(MeshKey.generate(new java.util.Random(7)));

        identities.store(PLATFORM, MESH_KEY);

        assertEquals(Optional.empty(), identities.staged());
    }

    @Test
    void ignoresMembersOfNewerAgents() throws IOException {
        identities().store(identity("n-1"), MESH_KEY);
        var newer = read("identity.json").replace("{\n", "{\n  \"pools\": [{\"a\": 1}],\n");
        Files.writeString(directory().resolve("identity.json"), newer);

        assertEquals(Optional.of(identity("n-1")), identities().load());
    }

    @Test
    void setsAReplacedIdentityAsideAsRejected() throws IOException {
        identities().store(identity("n-1"), MESH_KEY);
        identities().store(identity("n-2"), MESH_KEY);
        identities().store(identity("n-3"), MESH_KEY);

        assertTrue(read("identity.json.rejected-" + STAMP).contains("n-1"));
        assertTrue(read("identity.json.rejected-" + STAMP + "-2").contains("n-2"));
    }

    @Test
    void deletesWhatACrashLeftHalfWritten() throws IOException {
        identities().store(identity("n-1"), MESH_KEY);
        Files.writeString(directory().resolve(".tmp-identity.json"), "{\"node_");

        assertEquals(Optional.of(identity("n-1")), identities().load());
        assertFalse(Files.exists(directory().resolve(".tmp-identity.json")));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory())) {
            return List.copyOf(new TreeSet<>(
                    files.map(file -> directory().relativize(file).toString()).toList()));
        }
    }

    private String read(String name) throws IOException {
        return Files.readString(directory().resolve(name));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
