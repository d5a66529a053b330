package io.nodeplane.plexd.seed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.Executions.Acknowledgement;
import io.nodeplane.plexd.actions.Refusal;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.dataplane.DataPlaneStatus;
import io.nodeplane.plexd.heartbeat.Heartbeat;
import io.nodeplane.plexd.heartbeat.HeartbeatAnswer;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.ApiRequest;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.integrity.Violation;
import io.nodeplane.plexd.logs.LogJson;
import io.nodeplane.plexd.logs.LogRecord;
import io.nodeplane.plexd.logs.Severity;
import io.nodeplane.plexd.state.DriftReports.Correction;
import io.nodeplane.plexd.state.DriftReports.Drift;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.wire.CannedApi;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies, paths and answers of the seeds' contract, byte for byte (seed "Kubernetes E2E Test"). */
class SeedContractTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00.120Z");
    private static final NodeSecretKey KEY = new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345");

    @Test
    void sendsAHeartbeatOfANodeWithoutTunnels() throws Exception {
        var api = new CannedApi("{\"reconcile\":true,\"rotate_keys\":false,\"later\":1}");

        var answer = contract(api).send(heartbeat(true, new DataPlaneStatus.Unavailable("no WireGuard")));

        assertEquals("POST /v1/nodes/n-1/heartbeat", api.lastLine());
        assertEquals(
                "{\"node_id\":\"n-1\",\"timestamp\":\"2026-02-20T12:00:00.120Z\",\"status\":\"healthy\","
                        + "\"uptime\":\"1m30s\",\"binary_checksum\":\"00ff\"}",
                api.lastBody());
        assertEquals(new ApiRequest.Credential.Bearer(KEY.text()), api.last().credential());
        assertEquals(new HeartbeatAnswer(true, false), answer);
    }

    @Test
    void sendsAHeartbeatOfADegradedNodeWithTunnels() throws Exception {
        var api = new CannedApi("{\"rotate_keys\":true}");

        var answer = contract(api).send(heartbeat(false, new DataPlaneStatus.Running("plexd0", 2, 51820)));

        assertTrue(
                api.lastBody()
                        .endsWith("\"status\":\"degraded\",\"uptime\":\"1m30s\",\"binary_checksum\":\"00ff\","
                                + "\"mesh\":{\"interface\":\"plexd0\",\"peer_count\":2,\"listen_port\":51820}}"),
                api.lastBody());
        assertEquals(new HeartbeatAnswer(false, true), answer);
    }

    @Test
    void putsCapabilitiesWithListsThatAreNeverNull() throws Exception {
        var api = new CannedApi("");
        var action = new Capabilities.Action(
                "a.b", "does", List.of(new Capabilities.Parameter("deep", "bool", false, "true", "how")));
        var plain = new Capabilities.Action("c", "does too", List.of());

        contract(api).put(new Capabilities("0.1.0", "00ff", List.of(action, plain), List.of()));

        assertEquals("PUT /v1/nodes/n-1/capabilities", api.lastLine());
        assertEquals(
                "{\"binary\":{\"version\":\"0.1.0\",\"checksum\":\"00ff\"},\"builtin_actions\":["
                        + "{\"name\":\"a.b\",\"description\":\"does\",\"parameters\":[{\"name\":\"deep\","
                        + "\"type\":\"bool\",\"required\":false,\"default\":\"true\",\"description\":\"how\"}]},"
                        + "{\"name\":\"c\",\"description\":\"does too\",\"parameters\":[]}],\"hooks\":[]}",
                api.lastBody());
    }

    @Test
    void tellsHooks() throws Exception {
        var api = new CannedApi("");
        var deep = new Capabilities.Parameter("deep", "bool", true, "", "how");
        var hook = new Capabilities.Hook(
                "clean.sh",
                "cleans",
                "local",
                "ab".repeat(32),
                List.of(deep),
                Optional.of(Duration.ofSeconds(90)),
                true);

        contract(api).put(new Capabilities("0.1.0", "00ff", List.of(), List.of(hook)));

        assertEquals(
                "{\"binary\":{\"version\":\"0.1.0\",\"checksum\":\"00ff\"},\"builtin_actions\":[],\"hooks\":["
                        + "{\"name\":\"clean.sh\",\"description\":\"cleans\",\"source\":\"local\",\"checksum\":\""
                        + "ab".repeat(32) + "\",\"parameters\":[{\"name\":\"deep\",\"type\":\"bool\","
                        + "\"required\":true,\"description\":\"how\"}],\"timeout\":\"1m30s\",\"sandbox\":true}]}",
                api.lastBody());
    }

    @Test
    void reportsDrift() throws Exception {
        var api = new CannedApi("");

        contract(api).report(new Drift(NOON, List.of(new Correction("peer_added", "peer p-1"))));

        assertEquals("POST /v1/nodes/n-1/drift", api.lastLine());
        assertEquals(
                "{\"timestamp\":\"2026-02-20T12:00:00.120Z\","
                        + "\"corrections\":[{\"type\":\"peer_added\",\"detail\":\"peer p-1\"}]}",
                api.lastBody());
    }

    @Test
    void sendsReportsWithThePayloadAsItIs() throws Exception {
        var api = new CannedApi("");
        var entry = new DataEntry("app/x", "application/json", "{\"n\":1.50}", 3, NOON);

        contract(api).send(List.of(entry), List.of("gone"));

        assertEquals("POST /v1/nodes/n-1/report", api.lastLine());
        assertEquals(
                "{\"entries\":[{\"key\":\"app/x\",\"content_type\":\"application/json\",\"payload\":{\"n\":1.50},"
                        + "\"version\":3,\"updated_at\":\"2026-02-20T12:00:00.120Z\"}],\"deleted\":[\"gone\"]}",
                api.lastBody());
    }

    @Test
    void sendsRecordsAsAnArray() throws Exception {
        var api = new CannedApi("");
        var line = new LogRecord(NOON, "agent", "plexd", "started", Severity.INFO, "worker-1");

        contract(api).outlet("logs", new LogJson()).send(List.of(line));

        assertEquals("POST /v1/nodes/n-1/logs", api.lastLine());
        assertEquals(
                "[{\"timestamp\":\"2026-02-20T12:00:00.120Z\",\"source\":\"agent\",\"unit\":\"plexd\","
                        + "\"message\":\"started\",\"severity\":\"info\",\"hostname\":\"worker-1\"}]",
                api.lastBody());
    }

    @Test
    void refusesAnAction() throws Exception {
        var api = new CannedApi("");

        contract(api).acknowledge(new Acknowledgement.Rejected("e/1", Refusal.ACTIONS_DISABLED));

        assertEquals("POST /v1/nodes/n-1/executions/e/1/ack", api.lastLine());
        assertEquals(
                List.of("v1", "nodes", "n-1", "executions", "e/1", "ack"),
                api.last().segments());
        assertEquals(
                "{\"execution_id\":\"e/1\",\"status\":\"rejected\",\"reason\":\"actions_disabled\"}", api.lastBody());
    }

    @Test
    void acceptsAnAction() throws Exception {
        var api = new CannedApi("");

        contract(api).acknowledge(new Acknowledgement.Accepted("e-1"));

        assertEquals("{\"execution_id\":\"e-1\",\"status\":\"accepted\",\"reason\":\"\"}", api.lastBody());
    }

    @Test
    void tellsTheResultOfAnAction() throws Exception {
        var api = new CannedApi("");

        contract(api)
                .result(new ExecutionResult(
                        "e-1",
                        ExecutionResult.Status.FAILED,
                        3,
                        "out",
                        "err\n...[truncated]",
                        Duration.ofMillis(1234),
                        NOON,
                        Optional.of("{\"type\":\"user\"}")));

        assertEquals("POST /v1/nodes/n-1/executions/e-1/result", api.lastLine());
        assertEquals(
                "{\"execution_id\":\"e-1\",\"status\":\"failed\",\"exit_code\":3,\"stdout\":\"out\","
                        + "\"stderr\":\"err\\n...[truncated]\",\"duration\":\"1.234s\","
                        + "\"finished_at\":\"2026-02-20T12:00:00.120Z\",\"triggered_by\":{\"type\":\"user\"}}",
                api.lastBody());
    }

    @Test
    void tellsAViolation() throws Exception {
        var api = new CannedApi("");

        contract(api)
                .report(new Violation(
                        Violation.Kind.HOOK,
                        Violation.Detection.PRE_DISPATCH,
                        "/etc/plexd/hooks/a",
                        "aa",
                        "bb",
                        "not run",
                        NOON));

        assertEquals("POST /v1/nodes/n-1/integrity/violations", api.lastLine());
        assertEquals(
                "{\"type\":\"hook\",\"path\":\"/etc/plexd/hooks/a\",\"expected_checksum\":\"aa\","
                        + "\"actual_checksum\":\"bb\",\"detail\":\"not run\","
                        + "\"timestamp\":\"2026-02-20T12:00:00.120Z\"}",
                api.lastBody());
    }

    @Test
    void fetchesASecretByName() throws Exception {
        var api = new CannedApi("{\"key\":\"app/token\",\"nonce\":\"AAAAAAAAAAAAAAAA\","
                + "\"ciphertext\":\"l/T2Pmeub3tfdM3TNH1QgWaoferB10sP0XA3w2iTgk4puIt5RWM=\",\"version\":4}");

        var secret = contract(api).fetch("app/token");

        assertEquals(
                List.of("v1", "nodes", "n-1", "secrets", "app/token"),
                api.last().segments());
        assertEquals("app/token", secret.key());
        assertArrayEquals(new byte[12], secret.nonce());
        assertEquals(38, secret.ciphertext().length);
        assertEquals(4, secret.version());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"key\":\"k\",\"nonce\":\"AAAA\",\"ciphertext\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}             | nonce",
                "{\"key\":\"k\",\"nonce\":\"?\",\"ciphertext\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}                | nonce",
                "{\"key\":\"k\",\"nonce\":\"AAAAAAAAAAAAAAAAAAAA\",\"ciphertext\":\"AAAAAAAAAAAAAAAAAAAAAA==\"} |"
                        + " nonce",
                "{\"key\":\"k\",\"nonce\":\"AAAAAAAAAAAAAAAA\",\"ciphertext\":\"AAAA\"}                     |"
                        + " ciphertext",
                "{\"nonce\":\"AAAAAAAAAAAAAAAA\",\"ciphertext\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}               | key"
            })
    void refusesASecretThatCannotBeOpened(String answer, String member) {
        var refused = assertThrows(
                ApiException.Malformed.class,
                () -> contract(new CannedApi(answer)).fetch("k"));

        assertTrue(refused.toString().contains(member), refused.toString());
    }

    @Test
    void opensTheStreamOfItsOwnNode() throws Exception {
        var opened = new ArrayList<Object>();
        var contract = new SeedContract(
                new CannedApi(""),
                (segments, lastEventId, credential) -> {
                    opened.add(List.of(segments, lastEventId, credential));
                    return new ByteArrayInputStream(new byte[0]);
                },
                new NodeId("n-1"),
                KEY);

        contract.open(Optional.of("evt-7")).close();

        assertEquals(
                List.of(List.of(
                        List.of("v1", "nodes", "n-1", "events"),
                        Optional.of("evt-7"),
                        new ApiRequest.Credential.Bearer(KEY.text()))),
                opened);
    }

    private static Heartbeat heartbeat(boolean healthy, DataPlaneStatus dataPlane) {
        return new Heartbeat(new NodeId("n-1"), NOON, healthy, Duration.ofSeconds(90), "00ff", dataPlane);
    }

    private static SeedContract contract(CannedApi api) {
        return new SeedContract(
                api,
                (segments, lastEventId, credential) -> new ByteArrayInputStream(new byte[0]),
                new NodeId("n-1"),
                KEY);
    }
}
