package io.nodeplane.mockapi.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import io.nodeplane.mockapi.http.Route;
import io.nodeplane.mockapi.http.Router;
import io.nodeplane.mockapi.node.Nodes;
import io.nodeplane.mockapi.routes.Desk;
import io.nodeplane.mockapi.routes.Fixture;
import io.nodeplane.mockapi.routes.NodeRoutes;
import io.nodeplane.mockapi.routes.TestRoutes;
import io.nodeplane.mockapi.wire.EventSigner;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document that the page polls, over a desk that real routes fill. */
final class OverviewTest {
    private static final String NODE = "/v1/nodes/n/";

    private final SettableClock clock = new SettableClock();
    private final Desk desk = new Desk(
            Mode.DEFAULT,
            clock,
            new Counters(),
            new Captures(clock, 4 << 20),
            new Records(clock, 4 << 20),
            new Nodes(Mode.DEFAULT, clock),
            new EventStreams(Duration.ofSeconds(15)),
            new Faults(clock),
            new Refusals(clock),
            new Fixture(EventSigner.fresh()));
    private final Router router = new Router(
            Stream.<List<Route>>of(new NodeRoutes(desk).all(), new TestRoutes(desk).all(), new PageRoutes(desk).all())
                    .flatMap(List::stream)
                    .toList(),
            desk.refusals());

    private Answer.Reply call(String method, String path, Map<String, String> query, String body) {
        var answer = router.answer(new Request(method, path, query, Map.of(), Body.of(body), false));
        return assertReply(answer);
    }

    private static Answer.Reply assertReply(Answer answer) {
        assertTrue(answer instanceof Answer.Reply);
        return (Answer.Reply) answer;
    }

    private void send(String method, String path, String body) {
        var reply = call(method, path, Map.of(), body);
        assertTrue(reply.status() < 300, reply.body().text());
    }

    private JsonNode overview() {
        return overview("");
    }

    private JsonNode overview(String since) {
        var reply = call("GET", "/test/overview", Map.of("since", since), "");
        assertEquals(200, reply.status(), reply.body().text());
        return Json.known(reply.body().text());
    }

    private static List<String> texts(JsonNode list, String member) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.path(member).asText()));
        return texts;
    }

    private static String log(String message) {
        return Samples.LOGS.replace("\"hello\"", Json.tree(message).toString());
    }

    @Test
    void tellsOfANodeWhatItSent() {
        send("POST", "/v1/register", Samples.REGISTER);
        var id = overview().at("/nodes/rows/0/id").asText();
        var path = "/v1/nodes/" + id + "/";
        send("POST", path + "heartbeat", Samples.HEARTBEAT);
        send("PUT", path + "capabilities", Samples.CAPABILITIES);
        send("POST", path + "drift", Samples.DRIFT);
        send("GET", path + "state", "");

        var row = overview().at("/nodes/rows/0");

        long now = clock.instant().toEpochMilli();
        assertEquals("worker-1", row.get("host").asText());
        assertEquals("healthy", row.get("state").asText());
        assertEquals("seed", row.get("contract").asText());
        assertEquals("1m2.5s", row.get("uptime").asText());
        assertEquals("0.1.0", row.get("version").asText());
        assertEquals(
                List.of(now, now, now),
                List.of(
                        row.get("registered").asLong(),
                        row.get("heartbeat").asLong(),
                        row.get("pulled").asLong()));
        assertEquals(
                "{\"size\":1,\"names\":[\"system.info\"]}", row.get("actions").toString());
        assertEquals("{\"size\":0,\"names\":[]}", row.get("hooks").toString());
        assertEquals("peer_added: peer peer-001", row.at("/drift/corrections/0").asText());
        assertEquals(1, row.at("/counts/drift").asInt());
        assertEquals("{\"healthy\":1}", overview().at("/nodes/conditions").toString());
    }

    @Test
    void knowsTheContractByTheHeartbeat() {
        send("POST", NODE + "heartbeat", "{\"client_now\":\"2026-02-20T12:00:00Z\",\"binary_version\":\"1.0\"}");

        assertEquals("platform", overview().at("/nodes/rows/0/contract").asText());
    }

    @Test
    void drawsTheMetricsOfBothContracts() {
        send("POST", NODE + "metrics", Samples.METRICS);
        send(
                "POST",
                NODE + "metrics",
                "[{\"group\":\"agent\",\"data\":{\"cpu_usage_percent\":9},\"timestamp\":\"2026-02-20T12:00:00Z\"}]");

        send(
                "POST",
                NODE + "metrics",
                "[{\"group\":\"node_resources\",\"name\":\"load_avg_1\",\"value\":0.5,\"timestamp\":\"2026-02-20T12:00:10Z\"}]");

        assertEquals(
                "{\"n\":{\"cpu_usage_percent\":[[1771588800000,1.5]],\"load_avg_1\":[[1771588810000,0.5]]}}",
                overview().get("series").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "\"12\"", "null", "[1]"})
    void leavesOutWhatIsNoNumber(String value) {
        send("POST", NODE + "metrics", Samples.METRICS.replace("1.5", value));

        assertEquals("{\"n\":{}}", overview().get("series").toString());
    }

    @Test
    void aClockThatIsFarOffIsNotBelieved() {
        send("POST", NODE + "logs", Samples.LOGS.replace("2026-02-20T12", "1999-01-01T00"));

        assertEquals(clock.instant().toEpochMilli(), overview().at("/logs/0/at").asLong());
    }

    @Test
    void tellsOnlyWhatIsNewBehindACursor() {
        send("POST", NODE + "logs", log("first"));
        send("POST", NODE + "metrics", Samples.METRICS);
        var first = overview();
        send("POST", NODE + "logs", log("second"));

        var second = overview(first.get("cursor").asText());
        var third = overview(second.get("cursor").asText());

        assertTrue(first.get("reset").asBoolean());
        assertEquals(List.of("first"), texts(first.get("logs"), "text"));
        assertFalse(second.get("reset").asBoolean());
        assertEquals(List.of("second"), texts(second.get("logs"), "text"));
        assertEquals("[[1771588800000,\"n\",\"logs\"]]", second.get("activity").toString());
        assertEquals("{}", second.get("series").toString());
        assertEquals("[]", third.get("logs").toString());
        assertEquals("[]", third.get("activity").toString());
    }

    @Test
    void aCursorOfAnotherRunBeginsAnew() {
        send("POST", NODE + "logs", log("first"));

        var overview = overview("earlier.900.900.900.900");

        assertTrue(overview.get("reset").asBoolean());
        assertEquals(List.of("first"), texts(overview.get("logs"), "text"));
    }

    @Test
    void refusesWhatIsNoCursor() {
        var reply = call("GET", "/test/overview", Map.of("since", "7"), "");

        assertEquals(400, reply.status());
        assertEquals(
                "{\"error\":\"since: expected the cursor of an earlier overview\"}",
                reply.body().text());
    }

    @Test
    void anExecutionIsOneRowFromItsEventToItsResult() {
        var event = "{\"event_type\":\"action_request\",\"event_id\":\"evt-1\",\"nonce\":\"x\",\"payload\":"
                + "{\"execution_id\":\"e-1\",\"action\":\"system.info\"}}";
        send("POST", "/test/inject-event", event);
        assertEquals(List.of("sent"), texts(overview().get("executions"), "status"));
        send("POST", NODE + "executions/e-1/ack", Samples.ACK);
        assertEquals(List.of("accepted"), texts(overview().get("executions"), "status"));
        send("POST", NODE + "executions/e-1/result", Samples.RESULT.replace("\"stdout\":\"\"", "\"stdout\":\"hello\""));

        var executions = overview().get("executions");

        assertEquals(1, executions.size());
        var row = executions.get(0);
        assertEquals(
                List.of("e-1", "n", "system.info", "success", "0", "12ms", "hello"),
                Stream.of("id", "node", "action", "status", "exit", "duration", "output")
                        .map(member -> row.path(member).asText())
                        .toList());
        assertEquals(List.of("action_request"), texts(overview().get("events"), "type"));
    }

    @Test
    void aHostileRecordIsALineOfText() {
        send("POST", NODE + "logs", log("<script>alert(1)</script>\n\u001b[2J"));
        send("POST", NODE + "audit", Samples.AUDIT.replace("\"plexd\"", "{\"a\":[\"</td>\"]}"));

        var overview = overview();

        assertEquals(
                "<script>alert(1)</script>␊␛[2J", overview.at("/logs/0/text").asText());
        assertEquals("{\"a\":[\"</td>\"]}", overview.at("/audit/0/object").asText());
        assertEquals("pid 1", overview.at("/audit/0/subject").asText());
    }

    @Test
    void bodiesThatAreNotAsExpectedDoNotTakeThePageAway() {
        for (var body : List.of("7", "[]", "{}", "null", "{\"status\":{}}")) {
            var _ = call("POST", NODE + "heartbeat", Map.of(), body);
            var _ = call("PUT", NODE + "capabilities", Map.of(), body);
            var _ = call("POST", NODE + "drift", Map.of(), body);
            var _ = call("POST", NODE + "executions/e/result", Map.of(), body);
            var _ = call("POST", "/test/inject-event", Map.of(), body);
            var _ = call("POST", NODE + "logs", Map.of(), "[" + body + "]");
            var _ = call("POST", NODE + "audit", Map.of(), "[" + body + "]");
            var _ = call("POST", NODE + "metrics", Map.of(), "[" + body + "]");
        }

        assertEquals(1, overview().at("/nodes/rows").size());
    }

    @Test
    void staysBoundedAndShowsTheUrgentNodesOfMany() {
        for (int i = 0; i < 150; i++) {
            send("POST", "/v1/nodes/early-" + i + "/heartbeat", Samples.HEARTBEAT);
        }
        clock.advance(Duration.ofSeconds(100));
        for (int i = 0; i < 130; i++) {
            send("POST", "/v1/nodes/early-" + i + "/heartbeat", Samples.HEARTBEAT);
        }
        for (int i = 0; i < 2_000; i++) {
            send("POST", NODE + "logs", log("x".repeat(5_000)));
            send("POST", NODE + "metrics", Samples.METRICS);
        }

        var overview = overview();

        assertEquals(151, overview.at("/nodes/total").asInt());
        assertEquals(NodeRows.MOST, overview.at("/nodes/rows").size());
        var late = texts(overview.at("/nodes/rows"), "state").stream().filter("late"::equals);
        assertEquals(20, late.count());
        assertEquals(Overview.LINES, overview.get("logs").size());
        assertEquals(Overview.ACTIVITY, overview.get("activity").size());
        assertEquals(
                Overview.METRICS, overview.at("/series/n/cpu_usage_percent").size());
        assertTrue(Json.bytes(overview).length < 512 << 10, "bytes: " + Json.bytes(overview).length);
    }

    @Test
    void tellsFaultsRefusalsAndTheHeartbeatAnswer() {
        send("POST", "/test/faults", "{\"route\":\"POST /v1/nodes/*/metrics\",\"status\":429,\"times\":2}");
        send("POST", "/test/configure-heartbeat", "{\"rotate_keys\":true}");
        assertEquals(404, call("GET", "/nowhere", Map.of(), "").status());
        var _ = desk.faults().hit("POST", "/v1/nodes/n/metrics");

        var overview = overview();

        assertEquals(1, overview.at("/faults/0/hits").asInt());
        assertEquals(
                "{\"reconcile\":false,\"rotate_keys\":true}",
                overview.get("heartbeat").toString());
        assertEquals("GET /nowhere", overview.at("/refusals/0/request").asText());
        assertEquals(0, overview.at("/streams/open").asInt());
        assertEquals(24, overview.get("counters").size());
        assertEquals("default", overview.get("mode").asText());
    }
}
