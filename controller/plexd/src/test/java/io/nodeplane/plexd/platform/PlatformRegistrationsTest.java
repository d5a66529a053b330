package io.nodeplane.plexd.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.ApiRequest;
import io.nodeplane.plexd.http.Problem;
import io.nodeplane.plexd.registration.BootstrapToken;
import io.nodeplane.plexd.registration.Registrations;
import io.nodeplane.plexd.registration.ResourceClaim;
import io.nodeplane.plexd.wire.CannedApi;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformRegistrationsTest {
    private static final String PROJECT = "0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a0";
    private static final String TOKEN = "psb_test_e2eproject_node_e2ee2ee2ee2ee2ee2ee2e22";
    private static final ResourceClaim CLAIM = new ResourceClaim(PROJECT, "edge-1", "");
    private static final UUID NONCE = UUID.fromString("6f1c2d3e-4a5b-4c6d-8e7f-001122334455");
    private static final Registrations.Request REQUEST =
            new Registrations.Request(new BootstrapToken(TOKEN), "worker-1", "cHVibGlj", Map.of("zone", "b"), NONCE);
    private static final String ANSWER =
            """
        {"node_id": "%s", "mesh_ip": "10.99.0.1", "signing_public_key": "%s", "signing_key_id": "%s", "nsk": "%s",
         "peer_snapshot": [{"node_id": "p"}], "domain_mesh_cidr": "10.99.0.0/24", "later": null}
        """.formatted(Samples.NODE_ID, Samples.SIGNING_KEY, Samples.KEY_ID, Samples.NSK);

    @Test
    void sendsTheFiveMembersUncompressedAndWithoutABearer() throws Exception {
        var api = new CannedApi(ANSWER);

        new PlatformRegistrations(api, CLAIM).register(REQUEST);

        assertEquals("POST /v1/register", api.lastLine());
        assertEquals(
                "{\"project_id\":\"" + PROJECT + "\",\"resource_handle\":\"edge-1\",\"bootstrap_token\":\"" + TOKEN
                        + "\",\"nonce\":\"" + NONCE + "\",\"public_key\":\"cHVibGlj\"}",
                api.lastBody());
        assertEquals(new ApiRequest.Credential.None(), api.last().credential());
        assertFalse(api.last().body().orElseThrow().compressible());
    }

    @Test
    void asksForAResourceOnlyWhenOneIsWanted() throws Exception {
        var api = new CannedApi(ANSWER);

        new PlatformRegistrations(api, new ResourceClaim(PROJECT, "edge-1", "r-7")).register(REQUEST);

        assertTrue(api.lastBody().endsWith(",\"requested_resource_id\":\"r-7\"}"), api.lastBody());
    }

    @Test
    void readsTheIdentity() throws Exception {
        assertEquals(Samples.IDENTITY, new PlatformRegistrations(new CannedApi(ANSWER), CLAIM).register(REQUEST));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "node_id,            n-1",
        "node_id,            ''",
        "mesh_ip,            10.99.0",
        "signing_public_key, AAAA",
        "signing_key_id,     ''",
        "nsk,                ABCDEFGHIJKLMNOPQRSTUVWXYZ012345",
        "nsk,                AAAA",
    })
    void refusesAnAnswerThatNoNodeCanUse(String member, String value) {
        var json = ANSWER.replaceFirst("\"" + member + "\": \"[^\"]*\"", "\"" + member + "\": \"" + value + "\"");
        var registrations = new PlatformRegistrations(new CannedApi(json), CLAIM);

        var told = assertThrows(ApiException.Malformed.class, () -> registrations.register(REQUEST))
                .getMessage();

        assertTrue(String.valueOf(told).contains(member), told);
        assertFalse(String.valueOf(told).contains("ABCDEFGH"), "the key is told");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token_consumed", "nonce_collision"})
    void saysThatATokenIsSpentForGood(String code) {
        var api = new CannedApi(ANSWER)
                .failing(new ApiException.Rejected(403, "POST /v1/register: status 403: " + code, problem(code)));
        var registrations = new PlatformRegistrations(api, CLAIM);

        var refused = assertThrows(ApiException.Rejected.class, () -> registrations.register(REQUEST));

        var told = String.valueOf(refused.getMessage());
        assertTrue(told.contains(code) && told.contains("Issue a new bootstrap token"), told);
        assertTrue(refused.has(code));
    }

    @Test
    void passesOtherRefusalsOn() {
        var refusal = new ApiException.Rejected(404, "no", problem("resource_not_found"));
        var registrations = new PlatformRegistrations(new CannedApi(ANSWER).failing(refusal), CLAIM);

        assertEquals(refusal, assertThrows(ApiException.Rejected.class, () -> registrations.register(REQUEST)));
    }

    private static Problem problem(String code) {
        return new Problem(code, "c-1", "");
    }
}
