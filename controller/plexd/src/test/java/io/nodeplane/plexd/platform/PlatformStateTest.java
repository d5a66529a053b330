package io.nodeplane.plexd.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.state.NodeState.Execution;
import io.nodeplane.plexd.state.NodeState.Peer;
import io.nodeplane.plexd.state.NodeState.Policy;
import io.nodeplane.plexd.state.NodeState.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformStateTest {
    private static final String EMPTY = """
        {"peers": [], "reachability": {"state": "never_reported", "changed_at": "2026-06-01T00:00:00Z"},
         "policy": null, "bridge": null, "state": null, "reports": null, "executions": [], "sessions": []}
        """;
    private static final String FULL = """
        {"peers": [{"node_id": "p-1", "mesh_ip": "10.99.0.2", "public_key": "k",
                    "fallback_endpoint": "203.0.113.1:51820", "future": {}},
                   {"node_id": "p-2", "mesh_ip": "", "public_key": "k"}],
         "reachability": {"state": "healthy"},
         "policy": {"revision_id": "r-1", "fingerprint": "f-1", "rules": [
            {"action": "allow", "protocol": "tcp", "source_cidr": "10.99.0.0/24", "destination_cidr": "0.0.0.0/0",
             "ports": {"from": 80, "to": 90}},
            {"action": "deny", "protocol": "any", "source_cidr": "0.0.0.0/0", "destination_cidr": "0.0.0.0/0",
             "ports": null}]},
         "bridge": {"relay": {"enabled": true, "listen_port": 51821 }, "user_access": null},
         "state": {"metadata": [{"key": "zone", "value": "b"}],
                   "data": [{"key": "app/config", "value": "a<b", "workload_tag": "w"}],
                   "reports": [{"key": "mine", "value": "1"}]},
         "reports": {"metadata": null, "data": null, "reports": null},
         "executions": [{"execution_id": "e-1", "action": "system.info", "type": "builtin",
                         "parameters": {"b": 1.50, "a": [ ]}, "status": "ack",
                         "requested_at": "2026-06-01T00:00:00Z", "expires_at": "2026-06-01T01:00:00Z"},
                        {"execution_id": "e-2", "action": "own", "type": "hook", "parameters": null,
                         "status": "pending"}],
         "sessions": [{"session_id": "s-1"}],
         "block_of_next_year": [1]}
        """;

    @Test
    void readsEveryBlock() throws Exception {
        var expected = new NodeState(
                List.of(
                        new Peer("p-1", "k", "10.99.0.2", "203.0.113.1:51820", List.of("10.99.0.2/32"), ""),
                        new Peer("p-2", "k", "", "", List.of(), "")),
                List.of(new Policy(
                        "f-1",
                        List.of(
                                new Rule("10.99.0.0/24", "0.0.0.0/0", 80, 90, "tcp", "allow"),
                                new Rule("0.0.0.0/0", "0.0.0.0/0", 0, "any", "deny")))),
                Optional.empty(),
                Map.of("zone", "b"),
                List.of(new DataEntry("app/config", "text/plain", "\"a\\u003cb\"", 0, Instant.EPOCH)),
                List.of(),
                Map.of("relay_config", "{\"enabled\":true,\"listen_port\":51821}"),
                List.of(
                        new Execution(
                                "e-1",
                                "system.info",
                                false,
                                "{\"b\":1.50,\"a\":[]}",
                                Execution.Progress.ACKNOWLEDGED,
                                Optional.of(Instant.parse("2026-06-01T00:00:00Z")),
                                Optional.of(Instant.parse("2026-06-01T01:00:00Z"))),
                        new Execution(
                                "e-2",
                                "own",
                                true,
                                "null",
                                Execution.Progress.PENDING,
                                Optional.empty(),
                                Optional.empty())));

        assertEquals(expected, read(FULL));
    }

    @Test
    void takesBlocksThatAreNullAsEmpty() throws Exception {
        assertEquals(NodeState.EMPTY, read(EMPTY));
        assertEquals(
                NodeState.EMPTY,
                read("{\"peers\":null,\"executions\":null,\"sessions\":null,\"state\":{\"data\":null}}"));
    }

    @Test
    void namesAPolicyByItsRevisionOnlyWithoutAFingerprint() throws Exception {
        assertEquals(
                List.of(new Policy("r-1", List.of())),
                read("{\"policy\":{\"revision_id\":\"r-1\",\"fingerprint\":null,\"rules\":null}}")
                        .policies());
    }

    @Test
    void leavesAnExecutionAloneWhoseStatusItDoesNotKnow() throws Exception {
        var state = read("""
            {"executions": [{"execution_id": "e-1", "status": "paused"},
                            {"execution_id": "e-2", "status": "started"}]}
            """);

        assertEquals(
                List.of("e-2"), state.executions().stream().map(Execution::id).toList());
    }

    /** A state that empties a node must be one: not any JSON object that something on the way made up. */
    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(
            strings = {"", "{}", "null", "[]", "\"state\"", "{\"error\":\"busy\"}", "{\"peers\":[]", "{\"peers\":[]}}"})
    void refusesWhatIsNoState(String json) {
        assertThrows(ApiException.Malformed.class, () -> read(json));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"peers\":{}}|/peers",
                "{\"peers\":[{\"mesh_ip\":\"10.99.0.2\"}]}|node_id",
                "{\"peers\":[{\"node_id\":1}]}|/peers/0/node_id",
                "{\"policy\":[]}|/policy",
                "{\"policy\":{\"rules\":[]}}|revision_id",
                "{\"policy\":{\"fingerprint\":\"f\",\"rules\":[{\"ports\":{\"from\":-1}}]}}|/policy/rules/0/ports/from",
                "{\"policy\":{\"fingerprint\":\"f\",\"rules\":[{\"ports\":{\"to\":70000}}]}}|/policy/rules/0/ports/to",
                "{\"bridge\":[]}|/bridge",
                "{\"state\":{\"data\":[{\"value\":\"v\"}]}}|key",
                "{\"state\":{\"data\":[{\"key\":\"k\",\"value\":{}}]}}|/state/data/0/value",
                "{\"state\":{\"metadata\":{}}}|/state/metadata",
                "{\"executions\":[{\"status\":\"pending\"}]}|execution_id",
                "{\"executions\":[{\"status\":1}]}|/executions/0/status",
            })
    void namesTheMemberThatIsWrong(String json, String named) {
        var told = assertThrows(ApiException.Malformed.class, () -> read(json)).getMessage();

        assertTrue(String.valueOf(told).contains(named), told);
    }

    private static NodeState read(String json) throws ApiException.Malformed {
        return PlatformState.read(json.getBytes(UTF_8), new Curiosities());
    }
}
