package io.nodeplane.mockapi.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may call, and what each route takes and answers. */
final class PlatformRoutesTest extends PlatformCalls {
    private static final String CHECKSUM = "ab".repeat(32);
    private static final String SENT_AT = "x-plexsphere-sent-at: 2026-06-01T12:00:00.000000001Z";

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource({
        "'', unauthorized",
        "Bearer nsk_e2e_AAAA, unauthorized",
        "Bearer " + Nsk.BASE64 + ", unauthorized",
        "Basic x, unauthorized",
    })
    void admitsOnlyBearersThatItGave(String authorization, String code) {
        var answer = call("GET", NODE + "state", "", "authorization: " + authorization);

        assertEquals(401, answer.status());
        assertEquals(code, json(answer).path("code").asText());
        assertEquals(1, shared.counters().count("unauthorized"));
        assertEquals(0, shared.counters().count("state"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"client_now\":\"NOW\",\"binary_checksum\":\"SUM\",\"binary_version\":\"1\",\"nat_summary\":{}}|",
                "{\"client_now\":\"NOW\",\"binary_checksum\":\"SUM\",\"binary_version\":\"1\",\"nat_summary\":{},\"status\":\"healthy\"}|malformed_heartbeat_request",
                "{\"client_now\":\"NOW\",\"binary_checksum\":\"SUM\",\"binary_version\":\"1\",\"nat_summary\":null}|malformed_heartbeat_request",
                "{\"client_now\":\"NOW\",\"binary_checksum\":\"SUM\",\"binary_version\":\"1\"}|malformed_heartbeat_request",
                "{\"client_now\":\"NOW\",\"binary_checksum\":\"abc\",\"binary_version\":\"1\",\"nat_summary\":{}}|malformed_heartbeat_request",
                "{\"client_now\":\"NOW\",\"binary_checksum\":\"\",\"binary_version\":\"1\",\"nat_summary\":{}}|binary_checksum_empty",
                "{\"client_now\":\"NOW\",\"binary_checksum\":\"SUM\",\"binary_version\":\"\",\"nat_summary\":{}}|binary_version_empty",
                "{\"client_now\":\"2001-01-01T00:00:00Z\",\"binary_checksum\":\"SUM\",\"binary_version\":\"1\",\"nat_summary\":{}}|clock_skew",
                "{|malformed_heartbeat_request",
            })
    void takesHeartbeatsOfFourMembers(String body, String code) {
        var answer = call(
                "POST",
                NODE + "heartbeat",
                body.replace("NOW", clock.instant().toString()).replace("SUM", CHECKSUM));

        assertEquals(code == null ? 200 : 400, answer.status(), answer.body().text());
        assertEquals(code == null ? "" : code, json(answer).path("code").asText());
        assertEquals(code == null ? 1 : 0, shared.counters().count("heartbeat"));
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "capabilities|{\"binary_version\":\"1\",\"binary_checksum\":\"KEY\"}|204|",
                "capabilities|{\"binary_version\":\"1\",\"binary_checksum\":\"SUM\"}|400|binary_checksum_invalid",
                "capabilities|{\"binary_version\":\"1\",\"binary_checksum\":\"KEY\",\"builtin_actions\":[]}|400|malformed_capabilities_request",
                "capabilities|{\"binary_version\":\"1\",\"binary_checksum\":\"KEY\",\"declared_hooks\":[{\"name\":\"h\"}]}|400|declared_hook_invalid",
                "capabilities|{\"binary_version\":\"1\",\"binary_checksum\":\"KEY\",\"plexd_hooks\":[{\"name\":\"h\"}]}|422|plexd_hook_invalid",
                "endpoint|{\"endpoint\":\"1.2.3.4:5\",\"nat_type\":\"full_cone\",\"reported_at\":\"2026-06-01T12:00:00Z\"}|200|",
                "endpoint|{\"endpoint\":\"1.2.3.4:5\",\"nat_type\":\"none\",\"reported_at\":\"2026-06-01T12:00:00Z\"}|400|malformed_endpoint_request",
                "state/reports/app.health|{\"value\":\"ok\"}|200|",
                "state/reports/App|{\"value\":\"ok\"}|400|invalid_report",
                "state/reports/app|{\"value\":{}}|400|invalid_report",
            })
    void checksWhatANodePuts(String path, String body, int status, String code) {
        var answer = call("PUT", NODE + path, body.replace("KEY", KEY).replace("SUM", CHECKSUM));

        assertEquals(status, answer.status(), answer.body().text());
        assertEquals(
                code == null ? "" : code,
                code == null ? "" : json(answer).path("code").asText());
    }

    @Test
    void deletesAReportOnce() {
        call("PUT", NODE + "state/reports/a", "{\"value\":\"1\"}");

        assertEquals(204, call("DELETE", NODE + "state/reports/a", "").status());
        assertEquals(404, call("DELETE", NODE + "state/reports/a", "").status());
        assertEquals(1, shared.counters().count("report_put"));
        assertEquals(1, shared.counters().count("report_delete"));
    }

    @Test
    void takesNoGzipButOfRecords() {
        var answer = call("PUT", NODE + "state/reports/a", "{\"value\":\"1\"}", "content-encoding: gzip");

        assertEquals(400, answer.status());
    }

    @ParameterizedTest(name = "{0} {3}: {4} {5}")
    @CsvSource(
            delimiter = '|',
            value = {
                "metrics|application/json|[{\"group\":\"agent_stats\",\"name\":\"n\",\"value\":1,\"timestamp\":\"T\"}]|ok|202|",
                "metrics|application/json|[]|empty|400|ingest_batch_malformed",
                "metrics|application/json|[{\"group\":\"agent\",\"name\":\"n\",\"value\":1,\"timestamp\":\"T\"}]|group|400|ingest_batch_malformed",
                "logs|application/x-ndjson|{\"severity\":\"info\",\"message\":\"m\",\"timestamp\":\"T\"}|ok|202|",
                "logs|application/json|[]|type|415|ingest_encoding_unsupported",
                "logs|application/x-ndjson|{\"severity\":\"info\",\"message\":\"\",\"timestamp\":\"T\"}|no message|400|ingest_batch_malformed",
                "audit|application/x-ndjson|{\"source\":\"k8s\",\"action\":\"get\",\"outcome\":\"success\",\"timestamp\":\"T\"}|ok|202|",
                "audit|application/x-ndjson|{\"source\":\"process\",\"action\":\"start\",\"outcome\":\"success\",\"timestamp\":\"T\"}|process|400|ingest_batch_malformed",
                "audit|application/x-ndjson|not json|no json|400|ingest_batch_malformed",
            })
    void takesRecordsInTheirForm(String kind, String type, String body, String what, int status, String code) {
        var answer = call(
                "POST",
                NODE + kind,
                body.replace("\"T\"", "\"2026-06-01T12:00:00Z\""),
                "content-type: " + type,
                SENT_AT);

        assertEquals(status, answer.status(), what + answer.body().text());
        assertEquals(code == null ? "" : code, json(answer).path("code").asText());
        assertEquals(status == 202 ? 1 : 0, shared.counters().count(kind));
        assertEquals(status == 202 ? 1 : 0, shared.records().report(kind, "").total());
    }

    @Test
    void wantsToKnowWhenRecordsWereSent() {
        var answer = call("POST", NODE + "logs", "{}", "content-type: application/x-ndjson");

        assertEquals("ingest_sent_at_invalid", json(answer).path("code").asText());
    }

    @Test
    void sealsSecretsWithAnotherNonceEachTime() throws Exception {
        var first = call("GET", NODE + "secrets/local-bearer-token", "");
        var second = call("GET", NODE + "secrets/local-bearer-token", "");

        assertEquals(50, first.body().size());
        assertNotEquals(first.body().text(), second.body().text());
        assertEquals("1", first.headers().get("X-Plexsphere-Secret-Version"));
        assertEquals(Nsk.KID, first.headers().get("X-Plexsphere-Secret-KID"));
        assertEquals(400, call("GET", NODE + "secrets/x?version=0", "").status());
        assertEquals(404, call("GET", NODE + "secrets/x?version=2", "").status());
        assertEquals(404, call("GET", NODE + "secrets/Not%2FOne", "").status());
    }

    @Test
    void limitsSecretsOnDemand() {
        control.secrets(1, 1, 7);

        var limited = call("GET", NODE + "secrets/x", "");

        assertEquals(429, limited.status());
        assertEquals("7", limited.headers().get("Retry-After"));
        assertEquals(200, call("GET", NODE + "secrets/x", "").status());
        assertEquals(1, shared.counters().count("secrets_rate_limited"));
        assertEquals(1, shared.counters().count("secrets"));
    }

    @Test
    void configuresByItsTestRoutes() {
        assertEquals(
                204,
                call("POST", "/test/configure-endpoint", "{\"ttl_seconds\":9}").status());
        assertEquals(Duration.ofSeconds(9), desk.fixture().endpointLife());
        assertEquals(
                400,
                call("POST", "/test/configure-endpoint", "{\"ttl_seconds\":0}").status());
        assertEquals(
                204,
                call("POST", "/test/configure-events", "{\"mode\":\"descoped\"}")
                        .status());
        assertEquals(
                400,
                call("POST", "/test/configure-events", "{\"mode\":\"off\"}").status());
        assertEquals(
                400,
                call("POST", "/test/configure-state", "{\"secret_refs\":[]}").status());
        assertEquals(
                204, call("POST", "/test/configure-state", "{\"policy\":null}").status());
        assertTrue(desk.fixture().state().get("policy").isNull());
        assertEquals(400, call("POST", "/test/inject-event", "{\"type\":\"t\"}").status());
        assertEquals(
                204,
                call("POST", "/test/inject-event", "{\"id\":\"i\",\"type\":\"rotate_keys\"}")
                        .status());
        assertTrue(desk.rotations().isDue(ID));
        assertTrue(json(call("GET", "/test/bearer", "")).path("bearer").asText().startsWith("nsk_e2e_"));
        assertEquals(23, json(call("GET", "/test/assertions", "")).size());
    }

    @Test
    void makesTheBearerOfTheVector() {
        assertEquals(
                "nsk_plexd_AZCouKDAegqKCqCgoKCgowABAgMEBQYHCAkKCwwNDg-AkaKzxNXm9_jp2su8rZ6P", Nsk.bearer("plexd", ID));
        assertArrayEquals(new int[] {50}, new int[] {Nsk.sealed("e2e-local-bearer-token", new SecureRandom()).length});
    }

    @Test
    void signsTheCanonicalBytesOfTheVector() {
        var event = new PlatformEvent(
                "0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0ff",
                "policy_updated",
                "node",
                EventLog.FIRST_KEY,
                "2026-02-20T12:00:00.000Z",
                "null",
                "");

        assertEquals(176, event.canonical().length());
        assertTrue(event.canonical().endsWith(",\"issued_at\":\"2026-02-20T12:00:00Z\",\"payload\":null}"));
    }
}
