package io.nodeplane.mockapi.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.SettableClock;
import io.nodeplane.mockapi.capture.Captures;
import io.nodeplane.mockapi.capture.Counters;
import io.nodeplane.mockapi.capture.Records;
import io.nodeplane.mockapi.events.EventStreams;
import io.nodeplane.mockapi.fault.Faults;
import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Body;
import io.nodeplane.mockapi.http.Refusals;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.http.Router;
import io.nodeplane.mockapi.node.Nodes;
import io.nodeplane.mockapi.wire.EventSigner;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Samples;
import io.nodeplane.mockapi.wire.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route without a socket (seed "Kubernetes E2E Test"). */
final class RoutesTest {
    private static final EventSigner SIGNER = EventSigner.fresh();
    private static final Map<String, String> BEARER = Map.of("authorization", "Bearer " + Secret.NODE_SECRET_KEY);

    private final SettableClock clock = new SettableClock();
    private Desk desk = desk(Mode.DEFAULT);

    private Desk desk(Mode mode) {
        return new Desk(
                mode,
                clock,
                new Counters(),
                new Captures(clock, 1 << 20),
                new Records(clock, 1 << 20),
                new Nodes(mode, clock),
                new EventStreams(Duration.ofSeconds(15)),
                new Faults(clock),
                new Refusals(clock),
                new Fixture(SIGNER));
    }

    private Answer.Reply call(String method, String path, Map<String, String> headers, String body) {
        var routes = Stream.of(new NodeRoutes(desk).all(), new TestRoutes(desk).all(), new LocalRoutes(desk).all())
                .flatMap(List::stream)
                .toList();
        int question = path.indexOf('?');
        var query = question < 0 ? Map.<String, String>of() : query(path.substring(question + 1));
        var bare = question < 0 ? path : path.substring(0, question);
        var answer = new Router(routes, desk.refusals())
                .answer(new Request(method, bare, query, headers, Body.of(body), false));
        return assertInstanceOf(Answer.Reply.class, answer);
    }

    private static Map<String, String> query(String text) {
        var pair = text.split("=", 2);
        return Map.of(pair[0], pair[1]);
    }

    private Answer.Reply call(String method, String path, String body) {
        return call(method, path, Map.of(), body);
    }

    private JsonNode get(String path) {
        return Json.known(call("GET", path, "").body().text());
    }

    private String register(String hostname) {
        var body = Samples.REGISTER.replace("worker-1", hostname);
        var reply = call("POST", "/v1/register", Map.of("authorization", "Bearer e2e-test-token"), body);
        return Json.known(reply.body().text()).get("node_id").asText();
    }

    static String[][] writes() {
        return new String[][] {
            {"POST", "/v1/nodes/n/heartbeat", "heartbeat", Samples.HEARTBEAT, "200"},
            {"PUT", "/v1/nodes/n/capabilities", "capabilities", Samples.CAPABILITIES, "204"},
            {"PUT", "/v1/nodes/n/endpoint", "endpoint", Samples.ENDPOINT, "200"},
            {"POST", "/v1/nodes/n/drift", "drift", Samples.DRIFT, "204"},
            {"POST", "/v1/nodes/n/report", "report", Samples.REPORT, "204"},
            {"POST", "/v1/nodes/n/executions/e-1/ack", "execution_ack", Samples.ACK, "204"},
            {"POST", "/v1/nodes/n/executions/e-1/result", "execution_result", Samples.RESULT, "204"},
            {"POST", "/v1/nodes/n/metrics", "metrics", Samples.METRICS, "204"},
            {"POST", "/v1/nodes/n/logs", "logs", Samples.LOGS, "204"},
            {"POST", "/v1/nodes/n/audit", "audit", Samples.AUDIT, "204"},
            {"POST", "/v1/nodes/n/tunnels/s/ready", "tunnel_ready", Samples.TUNNEL_READY, "204"},
            {"POST", "/v1/nodes/n/tunnels/s/closed", "tunnel_closed", Samples.TUNNEL_CLOSED, "204"},
            {"POST", "/v1/nodes/n/integrity/violations", "integrity_violation", Samples.VIOLATION, "204"},
            {"POST", "/v1/keys/rotate", "key_rotate", Samples.KEY_ROTATE, "200"},
        };
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("writes")
    void writesAreCapturedCountedAndAnswered(String method, String path, String name, String body, String status) {
        var reply = call(method, path, body);

        assertEquals(Integer.parseInt(status), reply.status());
        assertEquals(1, desk.counters().count(name));
        assertEquals(body, call("GET", "/test/last-request/" + name, "").body().text());
        assertEquals(405, call("DELETE", path, "").status());
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("writes")
    void aBodyThatIsNoJsonIsCapturedButNotCounted(String method, String path, String name, String body, String status) {
        var reply = call(method, path, body.substring(1));

        assertEquals(400, reply.status());
        assertEquals("{\"error\":\"invalid request body\"}", reply.body().text());
        assertEquals(0, desk.counters().count(name));
        assertTrue(desk.captures().last(name).isPresent());
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("writes")
    void strictWritesNeedBearerKnownNodeAndMembers(
            String method, String path, String name, String body, String status) {
        desk = desk(Mode.STRICT);
        var id = register("worker-1");
        var own = path.replace("/n/", "/" + id + "/");
        var ownBody = body.replace("\"node_id\":\"n\"", "\"node_id\":\"" + id + "\"");

        assertEquals(401, call(method, own, ownBody).status());
        assertEquals(
                401,
                call(method, own, Map.of("authorization", "Bearer x"), ownBody).status());
        assertEquals(403, call(method, path, BEARER, body).status());
        assertEquals(400, call(method, own, BEARER, "{}").status());
        assertEquals(
                Integer.parseInt(status), call(method, own, BEARER, ownBody).status());
        assertEquals(1, desk.counters().count(name));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/nodes/n/state, state",
        "/v1/nodes/n/metadata, metadata",
        "/v1/nodes/n/secrets/any, secrets",
        "/v1/artifacts/plexd/v1/linux/amd64, artifact",
    })
    void readsAreCounted(String path, String counter) {
        assertEquals(200, call("GET", path, "").status());
        assertEquals(1, desk.counters().count(counter));
        assertEquals(404, call("GET", "/test/last-request/" + counter, "").status());
        assertEquals(405, call("POST", path, "").status());
    }

    @Test
    void pingIsAnEmptyObject() {
        assertEquals("{}", call("GET", "/v1/ping", "").body().text());
    }

    @Test
    void unknownPathsAreNotFound() {
        assertEquals(404, call("GET", "/v1/nothing", "").status());
        assertEquals(404, call("GET", "/v1/nodes//state", "").status());
    }

    @Test
    void registerAnswersWithIdentityKeysAndPeers() {
        var answer =
                Json.known(call("POST", "/v1/register", Samples.REGISTER).body().text());

        assertTrue(answer.get("node_id").asText().startsWith("node-worker-1-"), answer.toString());
        assertTrue(answer.get("mesh_ip").asText().startsWith("10.99."), answer.toString());
        assertEquals(SIGNER.publicKey(), answer.get("signing_public_key").asText());
        assertEquals(Secret.NODE_SECRET_KEY, answer.get("node_secret_key").asText());
        assertEquals("peer-001", answer.at("/peers/0/id").asText());
        assertEquals("peer-002", answer.at("/peers/1/id").asText());
        assertEquals(5, answer.size());
    }

    @Test
    void compatibleRegisterIsConstant() {
        desk = desk(Mode.COMPAT);

        assertEquals("node-mock-001", register("a"));
        assertEquals("node-mock-001", register("b"));
        assertEquals(2, desk.counters().count("registration"));
    }

    @Test
    void strictRegisterWantsTheTokenAsBearer() {
        desk = desk(Mode.STRICT);

        var none = call("POST", "/v1/register", Samples.REGISTER);
        var other = call("POST", "/v1/register", Map.of("authorization", "Bearer x"), Samples.REGISTER);

        assertEquals(
                "{\"error\":\"header authorization: required\"}", none.body().text());
        assertEquals(
                "{\"error\":\"header authorization: expected \\\"Bearer \\\" and the token of the body\"}",
                other.body().text());
        assertEquals(0, desk.counters().count("registration"));
        assertEquals(2, desk.refusals().list().size());
    }

    @Test
    void strictRefusalNamesTheField() {
        desk = desk(Mode.STRICT);
        var id = register("worker-1");
        var path = "/v1/nodes/" + id + "/heartbeat";

        var wrongTime = call("POST", path, BEARER, Samples.HEARTBEAT.replace("2026-02-20T12:00:00Z", "noon"));
        var wrongNode = call("POST", path, BEARER, Samples.HEARTBEAT);

        assertEquals(
                "{\"error\":\"invalid request body: timestamp: expected an RFC 3339 time\"}",
                wrongTime.body().text());
        assertEquals(
                "{\"error\":\"invalid request body: node_id: expected \\\"" + id + "\\\" as in the path\"}",
                wrongNode.body().text());
    }

    @Test
    void stateIsTheFixtureWithTheCurrentKey() {
        var state = get("/v1/nodes/n/state");

        assertEquals(SIGNER.publicKey(), state.at("/signing_keys/current").asText());
        assertEquals(SIGNER.publicKey(), state.at("/signing_keys/previous").asText());
        assertEquals("wg-pub-key-peer-001", state.at("/peers/0/public_key").asText());
        assertEquals(443, state.at("/policies/0/rules/1/port").asInt());
        assertEquals("certs/ca", state.at("/data/1/key").asText());
        assertEquals(3, state.at("/secret_refs/1/version").asInt());
        assertEquals(11, state.size());
    }

    @ParameterizedTest
    @CsvSource({"PUT, /test/state", "POST, /test/configure-state"})
    void stateCanBeReplacedAndAbsentListsAreNull(String method, String path) {
        var document = "{\"metadata\":{\"a\":\"b\"},\"data\":[{\"key\":\"k\",\"content_type\":\"t\",\"payload\":1.50,"
                + "\"version\":1,\"updated_at\":\"2026-01-01T00:00:00Z\"}]}";

        assertEquals(204, call(method, path, document).status());

        var body = call("GET", "/v1/nodes/n/state", "").body().text();
        assertTrue(body.contains("\"payload\":1.50"), body);
        assertTrue(body.contains("\"peers\":null"), body);
        assertEquals(400, call(method, path, "{\"peers\":1}").status());
        assertEquals(400, call(method, path, "[]").status());
        assertEquals(400, call(method, path, "null").status());
    }

    @Test
    void heartbeatAnswerCanBeReplaced() {
        assertEquals(
                "{\"reconcile\":true,\"rotate_keys\":false}",
                call("POST", "/v1/nodes/n/heartbeat", "{}").body().text());

        assertEquals(
                204,
                call("POST", "/test/configure-heartbeat", "{\"rotate_keys\":true}")
                        .status());

        assertEquals(
                "{\"reconcile\":false,\"rotate_keys\":true}",
                call("POST", "/v1/nodes/n/heartbeat", "{}").body().text());
        assertEquals(
                400,
                call("POST", "/test/configure-heartbeat", "{\"reconcile\":1}").status());
    }

    @Test
    void assertionsHaveTheSeedsNames() {
        var counters = get("/test/assertions");

        for (var name : List.of(
                "registration",
                "heartbeat",
                "state",
                "capabilities",
                "drift",
                "metrics",
                "logs",
                "audit",
                "local_metrics",
                "local_logs",
                "local_audit")) {
            assertTrue(counters.has(name + "_count"), name);
        }
        assertEquals(24, counters.size());
    }

    @Test
    void localEndpointsWantTheirBearerAndTakeAnyBody() {
        var bearer = Map.of("authorization", "Bearer e2e-local-bearer-token");

        assertEquals(401, call("POST", "/local/metrics", "[]").status());
        assertEquals(0, call("POST", "/local/metrics", BEARER, "[]").body().size());
        assertEquals(
                204, call("POST", "/local/metrics", bearer, Samples.METRICS).status());
        assertEquals(204, call("POST", "/local/logs", bearer, "no json").status());
        assertEquals(1, desk.counters().count("local_metrics"));
        assertEquals(1, get("/test/records/local_metrics").get("total").asInt());
        assertEquals(
                "no json",
                call("GET", "/test/last-request/local_logs", "").body().text());
    }

    @Test
    void anotherLocalBearerChangesSecretAndEndpoint() {
        var before = get("/v1/nodes/n/secrets/k");

        assertEquals(
                204, call("PUT", "/test/local-bearer", "{\"bearer\":\"next\"}").status());

        assertTrue(!before.equals(get("/v1/nodes/n/secrets/k")));
        assertEquals(
                204,
                call("POST", "/local/audit", Map.of("authorization", "Bearer next"), "[]")
                        .status());
        assertEquals(
                401,
                call("POST", "/local/audit", Map.of("authorization", "Bearer e2e-local-bearer-token"), "[]")
                        .status());
    }

    @Test
    void requestsAndRecordsCanBeRead() {
        assertEquals(204, call("POST", "/v1/nodes/n/logs", BEARER, Samples.LOGS).status());
        assertEquals(204, call("POST", "/v1/nodes/n/logs", BEARER, Samples.LOGS).status());

        var requests = get("/test/requests/logs?since=1");
        var records = get("/test/records/logs?contains=hello");

        assertEquals(1, requests.get("requests").size());
        assertEquals(2, requests.at("/requests/0/sequence").asInt());
        assertEquals("n", requests.at("/requests/0/node_id").asText());
        assertEquals(0, requests.at("/requests/0/headers").size());
        assertEquals(2, records.get("total").asInt());
        assertEquals(1, records.get("repeated").asInt());
        assertEquals("hello", records.at("/records/1/record/message").asText());
        assertEquals(400, call("GET", "/test/requests/logs?since=x", "").status());
    }

    @Test
    void talliesAreSetReadAndRemoved() {
        var tally = "{\"endpoint\":\"logs\",\"pattern\":\"line-(\\\\d+)\"}";
        assertEquals(204, call("PUT", "/test/tallies/t", tally).status());
        for (var line : List.of("line-1", "line-3")) {
            assertEquals(
                    204,
                    call("POST", "/v1/nodes/n/logs", Samples.LOGS.replace("hello", line))
                            .status());
        }

        var report = get("/test/tallies/t");

        assertEquals(1, report.get("missing").asInt());
        assertEquals(2, report.get("first_missing").asInt());
        assertEquals(204, call("DELETE", "/test/tallies/t", "").status());
        assertEquals(404, call("GET", "/test/tallies/t", "").status());
        assertEquals(
                400,
                call("PUT", "/test/tallies/t", "{\"endpoint\":\"logs\",\"pattern\":\"(\"}")
                        .status());
        assertEquals(
                400,
                call("PUT", "/test/tallies/t", "{\"endpoint\":\"logs\",\"pattern\":\"x\"}")
                        .status());
    }

    @Test
    void nodesAndRefusalsAreListed() {
        desk = desk(Mode.STRICT);
        var id = register("worker-1");
        assertEquals(404, call("GET", "/v1/nope", "").status());

        var node = get("/test/nodes").get(0);
        var refusal = get("/test/refusals").get(0);

        assertEquals("worker-1", node.get("hostname").asText());
        assertEquals(id, node.get("node_id").asText());
        assertEquals("2026-02-20T12:00:00Z", node.get("registered_at").asText());
        assertTrue(node.get("last_heartbeat").isNull());
        assertEquals(1, node.at("/counts/registration").asInt());
        assertEquals("/v1/nope", refusal.get("path").asText());
    }

    @Test
    void faultsAreSetListedAndCleared() {
        var faults = "[{\"route\":\"POST /v1/nodes/*/metrics\",\"status\":429,\"headers\":{\"Retry-After\":\"5\"},"
                + "\"delay\":\"10ms\",\"times\":2},{\"route\":\"*\",\"cut\":\"half\",\"duration\":\"1m\"}]";
        assertEquals(204, call("POST", "/test/faults", faults).status());
        assertEquals(
                204,
                call("POST", "/test/faults", "{\"route\":\"GET /x\",\"body_size\":5,\"run\":true}")
                        .status());

        var list = get("/test/faults");

        assertEquals(3, list.size());
        assertEquals(
                Json.known(
                        "{\"route\":\"POST /v1/nodes/*/metrics\",\"hits\":0,\"status\":429,\"times\":2,\"delay\":\"10ms\"}"),
                list.get(0));
        assertEquals(204, call("DELETE", "/test/faults?route=GET /x", "").status());
        assertEquals(2, get("/test/faults").size());
        assertEquals(204, call("DELETE", "/test/faults", "").status());
        assertEquals(0, get("/test/faults").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`[]`                                        | `body: expected an array of at least one element`",
                "`{}`                                        | `[0].route: required`",
                "`{\"route\":\"*\",\"stats\":1}`             | `[0].stats: unknown member`",
                "`{\"route\":\"*\",\"cut\":\"late\"}`        | `[0].cut: expected one of [none, before, half, after]`",
                "`{\"route\":\"/v1\"}`                       | `[0]: route: expected`",
                "`{\"route\":\"*\",\"status\":700}`          | `[0]: status: expected 200 to 599, got 700`",
            })
    void wrongFaultsAreRefusedByName(String body, String message) {
        var reply = call("POST", "/test/faults", body);

        assertEquals(400, reply.status());
        var error = Json.known(reply.body().text()).get("error").asText();
        assertTrue(error.startsWith(message), error);
    }

    @Test
    void anOutageIsAFaultOnTheContract() {
        assertEquals(204, call("POST", "/test/outage", "{\"duration\":\"2m\"}").status());
        assertTrue(desk.faults().hit("POST", "/v1/nodes/n/logs").isPresent());
        clock.advance(Duration.ofMinutes(2));
        assertTrue(desk.faults().hit("POST", "/v1/nodes/n/logs").isEmpty());

        assertEquals(204, call("POST", "/test/outage", "{\"duration\":\"2m\"}").status());
        assertEquals(204, call("DELETE", "/test/outage", "").status());
        assertTrue(desk.faults().hit("POST", "/v1/nodes/n/logs").isEmpty());
        assertEquals(
                400, call("POST", "/test/outage", "{\"duration\":\"long\"}").status());
        assertEquals(400, call("POST", "/test/outage", "{\"duration\":\"0s\"}").status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/test/inject-event                | `{\"event_type\":\"t\",\"event_id\":\"e\",\"nonce\":\"n\"}` | 204",
                "/test/inject-event                | `{\"event_type\":1}`                                        | 400",
                "/test/inject-event?keep=issued_at | `{\"event_type\":\"t\",\"issued_at\":\"noon\"}`             | 400",
            })
    void eventsAreInjected(String path, String body, int status) {
        assertEquals(status, call("POST", path, body).status());
        assertEquals(status == 204 ? 1 : 0, desk.counters().count("inject_event"));
    }
}
