package io.nodeplane.mockapi.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registrations and their refusals, in the order of the checks. */
final class RegisteringTest extends PlatformCalls {
    @Test
    void registersWithEverythingThatANodeNeeds() {
        var answer = register("edge-1", TOKEN, Registering.PROJECT, NONCE, KEY);

        assertEquals(201, answer.status());
        var body = json(answer);
        assertEquals(ID, body.path("node_id").asText());
        assertEquals("10.99.0.1", body.path("mesh_ip").asText());
        assertEquals(EventLog.FIRST_KEY, body.path("signing_key_id").asText());
        assertEquals(Nsk.BASE64, body.path("nsk").asText());
        assertEquals("10.99.0.0/24", body.path("domain_mesh_cidr").asText());
        assertEquals(2, body.path("peer_snapshot").size());
    }

    @ParameterizedTest(name = "{0} {1} {2}: {5} {6}")
    @CsvSource({
        "edge-1, T, P, N, AAAA, 400, public_key_invalid",
        "edge-1, psb_test_e2eproject_bridge_e2ee2ee2ee2ee2ee2ee2e22, P, N, K, 403, kind_mismatch",
        "edge-1, psb_test_e2eproject_node_consumedaaaaaaaaaaaa, P, N, K, 403, token_consumed",
        "edge-1, psb_test_e2eproject_node_expiredaaaaaaaaaaaaa, P, N, K, 403, token_expired",
        "edge-1, psb_test_e2eproject_node_revokedaaaaaaaaaaaaa, P, N, K, 403, token_revoked",
        "edge-1, e2e-test-token, P, N, K, 403, ''",
        "edge-1, T, 0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0ff, N, K, 403, project_mismatch",
        "edge-1, T, 00000000-0000-0000-0000-000000000000, N, K, 422, ''",
        "edge-1, T, P, 1, K, 422, ''",
        "'',     T, P, N, K, 422, ''",
        "unknown-resource,    T, P, N, K, 404, resource_not_found",
        "exhausted-pool,      T, P, N, K, 503, pool_exhausted",
        "exhausted-subrange,  T, P, N, K, 503, subrange_exhausted",
        "contended-allocator, T, P, N, K, 503, allocator_contention",
        "boom-internal,       T, P, N, K, 500, ''",
    })
    void refusesRegistrationsByTheirCode(
            String handle, String token, String project, String nonce, String key, int status, String code) {
        var answer = register(
                handle,
                token.equals("T") ? TOKEN : token,
                project.equals("P") ? Registering.PROJECT : project,
                nonce.equals("N") ? NONCE : nonce,
                key.equals("K") ? KEY : key);

        assertEquals(status, answer.status());
        assertEquals(code, json(answer).path("code").asText());
        assertEquals("application/problem+json", answer.headers().get("Content-Type"));
        assertFalse(json(answer).path("correlation_id").asText().isEmpty());
        assertEquals(1, shared.counters().count("registration"), "attempts count");
    }

    @Test
    void takesANonceForOneResourceOnly() {
        assertEquals(
                201, register("edge-1", TOKEN, Registering.PROJECT, NONCE, KEY).status());
        assertEquals(
                201, register("edge-1", TOKEN, Registering.PROJECT, NONCE, KEY).status());

        var other = register("edge-2", TOKEN, Registering.PROJECT, NONCE, KEY);

        assertEquals("nonce_collision", json(other).path("code").asText());
    }
}
