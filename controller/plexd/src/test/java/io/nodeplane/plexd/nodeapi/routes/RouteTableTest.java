package io.nodeplane.plexd.nodeapi.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.nodeapi.InMemoryNode;
import io.nodeplane.plexd.nodeapi.access.Caller;
import io.nodeplane.plexd.nodeapi.access.Gate;
import io.nodeplane.runtime.http.HttpAnswer;
import io.nodeplane.runtime.http.HttpRequest;
import io.nodeplane.runtime.http.RefusedRequest;
import io.nodeplane.runtime.http.RequestHead;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every route of protocol facts 7.2, asked without a wire. */
class RouteTableTest {
    @TempDir
    Path dataDir;

    private InMemoryNode node;
    private Caller caller = new Caller.LocalUser("root", true, true);

    @BeforeEach
    void open() throws ApiException, InterruptedException {
        node = new InMemoryNode(dataDir);
        node.state = InMemoryNode.STATE;
        node.served.fetch();
    }

    @Test
    void stateGivesAnOverview() {
        node.reports.offerNodeState("disk", "{}", 4);

        assertEquals("""
                {"metadata":{"rack":"12","zone":"a"},\
                "data_keys":[{"key":"app/config","version":3,"content_type":"application/json"}],\
                "secret_keys":[{"key":"certs/ca","version":2}],\
                "report_keys":[{"key":"disk","version":4}]}
                """, ok("GET", "/v1/state"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/state/metadata|{\"rack\":\"12\",\"zone\":\"a\"}",
                "/v1/state/metadata/zone|{\"key\":\"zone\",\"value\":\"a\"}",
                "/v1/state/data|[{\"key\":\"app/config\",\"version\":3,\"content_type\":\"application/json\"}]",
                "/v1/state/data/app%2Fconfig|{\"key\":\"app/config\",\"content_type\":\"application/json\",\"payload\":{\"a\":1.50},\"version\":3,\"updated_at\":\"2026-01-01T00:00:00Z\"}",
                "/v1/state/secrets|[{\"key\":\"certs/ca\",\"version\":2}]",
                "/v1/state/secrets/certs%2Fca|{\"key\":\"certs/ca\",\"value\":\"the plain text\",\"version\":2}",
                "/v1/state/secrets/certs%2Fca?version=2|{\"key\":\"certs/ca\",\"value\":\"the plain text\",\"version\":2}",
                "/v1/state/report|[]",
                "/v1/peers|[{\"id\":\"p1\",\"public_key\":\"key\",\"mesh_ip\":\"100.64.0.2\",\"endpoint\":\"192.0.2.1:51820\"}]",
                "/v1/policies|[{\"id\":\"allow\",\"rules\":[{\"src\":\"a\",\"dst\":\"b\",\"port\":443,\"protocol\":\"tcp\",\"action\":\"allow\"}]}]",
                "/v1/hooks|[{\"name\":\"backup\",\"description\":\"Backs up\",\"source\":\"local\",\"checksum\":\"abc\",\"parameters\":[],\"timeout\":\"30s\",\"sandbox\":false}]",
                "/v1/log-status|{\"enabled\":true,\"buffer_size\":7,\"source_count\":2,\"error_count\":1,\"last_report_at\":\"2026-01-01T00:00:00Z\"}",
            })
    void answersReads(String path, String json) {
        assertEquals(json + "\n", ok("GET", path));
        assertEquals(200, ask("HEAD", path, "", Map.of()).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/|404|not found",
                "GET|/v2/state|404|not found",
                "GET|/v1|404|not found",
                "GET|/v1/nothing|404|not found",
                "GET|/v1/state/metadata/none|404|not found",
                "GET|/v1/state/data/none|404|not found",
                "GET|/v1/state/data/app/config|404|not found",
                "GET|/v1/state/data/%2|400|broken escape in the request's path or query",
                "GET|/v1/state/secrets/none|404|not found",
                "GET|/v1/state/secrets/certs%2Fca?version=1|404|not found",
                "GET|/v1/state/secrets/certs%2Fca?version=x|400|version must be an integer",
                "GET|/v1/state/secrets/|400|invalid secret name",
                "GET|/v1/state/report/none|404|not found",
                "GET|/v1/state/report/..|400|invalid report key",
                "GET|/v1/state/report/a%2Fb|400|invalid report key",
                "DELETE|/v1/state/report/none|404|not found",
                "POST|/v1/state|405|method not allowed",
                "GET|/v1/audit/status|503|audit status not available",
            })
    void refuses(String method, String path, int status, String reason) {
        assertRefused(status, reason, () -> ask(method, path, "", Map.of()));
    }

    @Test
    void namesTheMethodsThatAPathKnows() {
        var refused = assertThrows(RefusedRequest.class, () -> answer("POST", "/v1/state/report/a", "", Map.of()));

        assertEquals(Map.of("Allow", "DELETE, GET, PUT"), refused.headers());
    }

    @Test
    void hasNothingToSayBeforeTheFirstPull() {
        node = new InMemoryNode(dataDir);

        for (var path : List.of("/v1/state", "/v1/state/metadata", "/v1/peers", "/v1/policies")) {
            assertRefused(503, "state not available yet", () -> ask("GET", path, "", Map.of()));
        }
    }

    @Test
    void servesTheLastStateWhileTheControlPlaneIsAway() throws Exception {
        node.failure = Optional.of(new ApiException.Unreachable("away", null));

        assertThrows(ApiException.class, () -> node.served.fetch());
        assertTrue(ok("GET", "/v1/state").contains("certs/ca"));
    }

    @Test
    void reportsAreWrittenReadAndDeletedWithVersions() {
        var first =
                ok("PUT", "/v1/state/report/disk", "{\"content_type\":\"t\",\"payload\":{\"free\":1.10}}", Map.of());
        var second = ok(
                "PUT", "/v1/state/report/disk", "{\"content_type\":\"t\",\"payload\":null}", Map.of("if-match", "1"));

        assertTrue(
                first.startsWith(
                        "{\"key\":\"disk\",\"content_type\":\"t\",\"payload\":{\"free\":1.10},\"version\":1,\"updated_at\":\""),
                first);
        assertTrue(second.contains("\"payload\":null,\"version\":2"), second);
        assertEquals(second, ok("GET", "/v1/state/report/disk"));
        assertEquals("[{\"key\":\"disk\",\"version\":2}]\n", ok("GET", "/v1/state/report"));
        assertRefused(409, "version conflict", () -> put("disk", "{\"content_type\":\"t\",\"payload\":1}", "0"));
        assertRefused(409, "version conflict", () -> put("disk", "{\"content_type\":\"t\",\"payload\":1}", "\"1\""));
        assertEquals(204, ask("DELETE", "/v1/state/report/disk", "", Map.of()).status());
        assertRefused(404, "not found", () -> ask("DELETE", "/v1/state/report/disk", "", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"payload\":1}||content_type is required",
                "{\"content_type\":\"\",\"payload\":1}||content_type is required",
                "{\"content_type\":\"t\"}||payload must be valid JSON",
                "[]||invalid JSON body",
                "{\"content_type\":\"t\",\"payload\":tru}||invalid JSON body",
                "{\"content_type\":\"t\",\"payload\":1} x||invalid JSON body",
                "``||invalid JSON body",
                "{\"content_type\":\"t\",\"payload\":1}|x|If-Match must be an integer",
                "{\"content_type\":\"t\",\"payload\":1}|-1|If-Match must be an integer",
                "{\"content_type\":\"t\",\"payload\":1}|*|If-Match must be an integer",
            })
    void refusesReportsThatAreNone(String body, String ifMatch, String reason) {
        assertRefused(400, reason, () -> put("disk", body, ifMatch == null ? "" : ifMatch));
    }

    @Test
    void refusesAReportOverAMebibyteAndOneTooDeep() {
        assertRefused(413, "request body over 1048576 bytes", () -> put("disk", "x".repeat((1 << 20) + 1), ""));
        var deep = "{\"content_type\":\"t\",\"payload\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        assertRefused(400, "invalid JSON body", () -> put("disk", deep, ""));
    }

    @Test
    void doesNotDeleteWhatThePlexdNodeStateHolds() {
        node.reports.offerNodeState("disk", "{}", 4);

        assertRefused(
                409,
                "report is in the status of the PlexdNodeState, delete it there",
                () -> ask("DELETE", "/v1/state/report/disk", "", Map.of()));
    }

    @Test
    void secretsFailInWordsOfTheContract() {
        node.failure = Optional.of(new ApiException.Unreachable("away", null));
        assertRefused(503, "control plane unavailable", this::secret);
        node.failure = Optional.of(new ApiException.Unauthorized("401"));
        assertRefused(503, "control plane unavailable", this::secret);
        node.failure = Optional.of(new ApiException.Rejected(403, "403"));
        assertRefused(403, "forbidden by the control plane", this::secret);
        node.failure = Optional.of(new ApiException.RateLimited(Duration.ofSeconds(7), "429"));
        assertEquals(
                Map.of("Retry-After", "7"),
                assertThrows(RefusedRequest.class, this::secret).headers());
        node.failure = Optional.empty();
        node.ciphertext[0] ^= 1;
        assertRefused(500, "internal error", this::secret);
    }

    @Test
    void secretsAreForThoseWhoMay() {
        caller = new Caller.LocalUser("nobody", false, false);
        var reason = "forbidden: insufficient privileges for secret access";

        assertRefused(403, reason, this::secret);
        assertRefused(403, reason, () -> ask("GET", "/v1/state/secrets", "", Map.of()));
        assertEquals(200, ask("GET", "/v1/state", "", Map.of()).status());
    }

    @Test
    void runsActionsAndSaysHowTheyEnded() {
        assertEquals(
                "{\"status\":\"success\",\"exit_code\":0,\"stdout\":\"system.info {a=b} Optional[PT1M30S] user root\",\"stderr\":\"\"}\n",
                ok(
                        "POST",
                        "/v1/actions/run",
                        "{\"action\":\"system.info\",\"parameters\":{\"a\":\"b\"},\"timeout\":\"1m30s\"}",
                        Map.of()));
        assertTrue(ok("GET", "/v1/actions").startsWith("{\"builtin_actions\":[{\"name\":\"system.info\""));
        assertTrue(ok("POST", "/v1/hooks/reload", "", Map.of()).startsWith("{\"status\":\"reloaded\",\"hooks\":[{"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|400|action is required",
                "{\"action\":\" \"}|400|action is required",
                "x|400|invalid JSON body",
                "{\"action\":\"a\",\"parameters\":{\"a\":1}}|400|parameters must be an object of texts",
                "{\"action\":\"a\",\"parameters\":[]}|400|parameters must be an object of texts",
                "{\"action\":\"a\",\"timeout\":\"soon\"}|400|timeout must be a duration such as 30s or 1m30s, more than 0",
                "{\"action\":\"a\",\"timeout\":\"0s\"}|400|timeout must be a duration such as 30s or 1m30s, more than 0",
            })
    void refusesActionsThatAreNone(String body, int status, String reason) {
        assertRefused(status, reason, () -> ask("POST", "/v1/actions/run", body, Map.of()));
    }

    @Test
    void saysWhenActionsAreNotAvailable() {
        node.actionsAvailable = false;

        assertRefused(
                503, "actions not available", () -> ask("POST", "/v1/actions/run", "{\"action\":\"a\"}", Map.of()));
        assertRefused(503, "actions not available", () -> ask("POST", "/v1/hooks/reload", "", Map.of()));
        assertRefused(
                413,
                "request body over 65536 bytes",
                () -> ask("POST", "/v1/actions/run", "x".repeat(70_000), Map.of()));
    }

    @Test
    void deregistersForRootOnly() {
        assertEquals(204, ask("POST", "/v1/deregister?purge=true", "", Map.of()).status());
        assertEquals(List.of(true), node.departures);

        caller = new Caller.LocalUser("plexd", true, false);
        assertRefused(
                403, "forbidden: only root may deregister the node", () -> ask("POST", "/v1/deregister", "", Map.of()));
    }

    @Test
    void refusalsAreJson() {
        var answer =
                new RouteTable(node.services(), _ -> caller, new Gate(Optional.empty())).refusal(404, "not \"found\"");

        assertEquals("{\"error\":\"not \\\"found\\\"\"}\n", new String(answer.body(), StandardCharsets.UTF_8));
        assertEquals("application/json", answer.contentType());
    }

    @Test
    void tellsNoPresharedKey() {
        assertFalse(ok("GET", "/v1/peers").contains("psk-secret"));
    }

    private HttpAnswer secret() throws RefusedRequest {
        return answer("GET", "/v1/state/secrets/certs%2Fca", "", Map.of());
    }

    private HttpAnswer put(String key, String body, String ifMatch) throws RefusedRequest {
        return answer(
                "PUT", "/v1/state/report/" + key, body, ifMatch.isEmpty() ? Map.of() : Map.of("if-match", ifMatch));
    }

    private String ok(String method, String path) {
        return ok(method, path, "", Map.of());
    }

    private String ok(String method, String path, String body, Map<String, String> headers) {
        var answer = ask(method, path, body, headers);
        assertEquals(200, answer.status());
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** The answer, a refusal included. */
    private HttpAnswer ask(String method, String target, String body, Map<String, String> headers) {
        try {
            return answer(method, target, body, headers);
        } catch (RefusedRequest refused) {
            return HttpAnswer.text(refused.status(), refused.reason());
        }
    }

    private HttpAnswer answer(String method, String target, String body, Map<String, String> headers)
            throws RefusedRequest {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var all = new HashMap<>(headers);
        all.put("content-length", Integer.toString(bytes.length));
        var question = target.indexOf('?');
        var head = new RequestHead(
                method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                all);
        try {
            return new RouteTable(node.services(), _ -> caller, new Gate(Optional.empty()))
                    .answer(HttpRequest.of(head, Optional.empty(), new ByteArrayInputStream(bytes)));
        } catch (java.io.IOException | InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @FunctionalInterface
    private interface Asking {
        HttpAnswer ask() throws RefusedRequest;
    }

    private static void assertRefused(int status, String reason, Asking asking) {
        HttpAnswer answer;
        try {
            answer = asking.ask();
        } catch (RefusedRequest refused) {
            answer = HttpAnswer.text(refused.status(), refused.reason());
        }
        assertEquals(status + " " + reason, answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8));
    }
}
