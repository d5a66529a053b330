package io.nodeplane.plexd.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.ApiRequest;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.registration.BootstrapToken;
import io.nodeplane.plexd.registration.Registrations;
import io.nodeplane.plexd.wire.CannedApi;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registration of the seeds' contract, byte for byte (seed "Kubernetes E2E Test"). */
class SeedRegistrationsTest {
    private static final String SIGNING = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
    private static final String SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final String ANSWER = "{\"node_id\":\"n-1\",\"mesh_ip\":\"10.99.0.1\",\"signing_public_key\":\""
            + SIGNING + "\",\"node_secret_key\":\"" + SECRET + "\",\"peers\":null,\"later\":{\"x\":1}}";
    private static final UUID NONCE = new UUID(1, 2);
    private static final Registrations.Request REQUEST = new Registrations.Request(
            new BootstrapToken("e2e-test-token"), "worker-1", "cHVibGljLWtleQ==", Map.of(), NONCE);

    @Test
    void sendsWhatTheContractNames() throws Exception {
        var api = new CannedApi(ANSWER);

        new SeedRegistrations(api).register(REQUEST);

        assertEquals("POST /v1/register", api.lastLine());
        assertEquals(
                "{\"token\":\"e2e-test-token\",\"public_key\":\"cHVibGljLWtleQ==\",\"hostname\":\"worker-1\"}",
                api.lastBody());
        assertEquals(
                new ApiRequest.Credential.Bearer("e2e-test-token"), api.last().credential());
    }

    @Test
    void addsMetadataSorted() throws Exception {
        var api = new CannedApi(ANSWER);

        new SeedRegistrations(api)
                .register(new Registrations.Request(
                        REQUEST.token(), "worker-1", "cHVibGljLWtleQ==", Map.of("zone", "b", "rack", "7"), NONCE));

        assertTrue(api.lastBody().endsWith(",\"metadata\":{\"rack\":\"7\",\"zone\":\"b\"}}"), api.lastBody());
    }

    @Test
    void readsTheIdentity() throws Exception {
        assertEquals(
                new Identity(new NodeId("n-1"), "10.99.0.1", new SigningKey(SIGNING), new NodeSecretKey(SECRET)),
                new SeedRegistrations(new CannedApi(ANSWER)).register(REQUEST));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "node_id            | \"n-1\"      | \"\"                   | node_id",
                "node_id            | \"n-1\"      | null                   | node_id",
                "node_id            | \"n-1\"      | 7                      | node_id",
                "mesh_ip            | \"10.99.0.1\"| \"\"                   | mesh_ip",
                "signing_public_key | \"A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\""
                        + " | \"//////////////////////////////////////////8=\" | no point of the curve",
                "mesh_ip            | \"10.99.0.1\"| \"10.99.0.256\"        | mesh_ip",
                "mesh_ip            | \"10.99.0.1\"| \"fd00::1\"            | mesh_ip",
                "signing_public_key | \"A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\" | \"AAAA\" | signing_public_key",
                "signing_public_key | \"A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\" | \"\"     | signing_public_key",
                "node_secret_key    | \"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345\" | \"ABCDEFGHIJ\" | node_secret_key",
                "node_secret_key    | \"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345\" | \"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123 5\" |"
                        + " node_secret_key"
            })
    void refusesAnAnswerThatMakesNoIdentity(String member, String good, String bad, String named) {
        var answer = ANSWER.replace("\"" + member + "\":" + good, "\"" + member + "\":" + bad);
        assertFalse(answer.equals(ANSWER), "the row changes the answer");

        var refused = assertThrows(
                ApiException.Malformed.class, () -> new SeedRegistrations(new CannedApi(answer)).register(REQUEST));

        assertTrue(refused.toString().contains(named), refused.toString());
        assertFalse(refused.toString().contains("ABCDEFGHIJ"), "no secret in the message");
    }

    @ParameterizedTest(name = "cut to {0} bytes")
    @CsvSource({"0", "1", "20", "120"})
    void refusesTruncatedJson(int length) {
        var cut = new CannedApi(ANSWER.substring(0, length));

        var refused = assertThrows(ApiException.Malformed.class, () -> new SeedRegistrations(cut).register(REQUEST));

        assertFalse(refused.toString().contains("ABCDEFGHIJ"), "no secret in the message");
        assertNull(refused.getCause());
    }
}
