package io.nodeplane.plexd.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.state.NodeState.Peer;
import io.nodeplane.plexd.state.NodeState.Policy;
import io.nodeplane.plexd.state.NodeState.Rule;
import io.nodeplane.plexd.state.NodeState.SecretRef;
import io.nodeplane.plexd.state.NodeState.SigningKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateCodecTest {
    private static final String KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
    private static final String STATE = """
        {
          "peers": [{"id": "p-1", "public_key": "wg-pub-key-peer-001", "mesh_ip": "10.99.0.2",
                     "endpoint": "203.0.113.1:51820", "allowed_ips": ["10.99.0.3/32", "10.99.0.2/32"],
                     "psk": "mock-psk-001", "later": {"deep": [1]}}],
          "policies": [{"id": "pol", "rules": [
             {"src": "10.99.0.0/24", "dst": "0.0.0.0/0", "port": 443, "protocol": "tcp", "action": "allow"}]}],
          "signing_keys": {"current": "%s", "previous": "%s", "transition_expires": "2026-02-20T13:00:00Z"},
          "metadata": {"region": "r-1"},
          "bridge_config": { "enable_nat": true, "access_subnets": ["192.168.100.0/24"] },
          "relay_config": null,
          "data": [{"key": "app/config", "content_type": "application/json",
                    "payload": {"n": 1.50, "a": [ ]}, "version": 1, "updated_at": "2025-01-01T00:00:00Z"},
                   {"key": "certs/ca", "content_type": "application/x-pem-file", "payload": "A\\nB", "version": 2}],
          "secret_refs": [{"key": "db-password", "version": 3}],
          "unknown": [[{}]]
        }
        """.formatted(KEY, KEY);

    @Test
    void readsEveryPart() throws Exception {
        var expected = new NodeState(
                List.of(new Peer(
                        "p-1",
                        "wg-pub-key-peer-001",
                        "10.99.0.2",
                        "203.0.113.1:51820",
                        List.of("10.99.0.2/32", "10.99.0.3/32"),
                        "mock-psk-001")),
                List.of(new Policy("pol", List.of(new Rule("10.99.0.0/24", "0.0.0.0/0", 443, "tcp", "allow")))),
                Optional.of(new SigningKeys(
                        new SigningKey(KEY),
                        Optional.of(new SigningKey(KEY)),
                        Optional.of(Instant.parse("2026-02-20T13:00:00Z")))),
                Map.of("region", "r-1"),
                List.of(
                        new DataEntry(
                                "app/config",
                                "application/json",
                                "{\"n\": 1.50, \"a\": [ ]}",
                                1,
                                Instant.parse("2025-01-01T00:00:00Z")),
                        new DataEntry("certs/ca", "application/x-pem-file", "\"A\\nB\"", 2, Instant.EPOCH)),
                List.of(new SecretRef("db-password", 3)),
                Map.of("bridge_config", "{\"enable_nat\":true,\"access_subnets\":[\"192.168.100.0/24\"]}"));

        assertEquals(expected, StateCodec.state(STATE.getBytes(UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{}",
                "{\"peers\":null,\"policies\":null,\"signing_keys\":null,\"metadata\":null,\"data\":null,"
                        + "\"secret_refs\":null,\"bridge_config\":null}",
                "{\"peers\":[],\"signing_keys\":{\"current\":\"\"},\"metadata\":{}}"
            })
    void takesAbsentAndNullAsEmpty(String json) throws Exception {
        assertEquals(NodeState.EMPTY, StateCodec.state(json.getBytes(UTF_8)));
    }

    @ParameterizedTest(name = "current key \"{0}\"")
    @ValueSource(strings = {"", "AAAA", "no base64"})
    void leavesOutAKeyThatMustNeverBeInstalled(String key) throws Exception {
        var json = "{\"signing_keys\":{\"current\":\"" + key + "\"},\"metadata\":{\"a\":\"b\"}}";

        var state = StateCodec.state(json.getBytes(UTF_8));

        assertEquals(Optional.empty(), state.signingKeys());
        assertEquals(Map.of("a", "b"), state.metadata(), "the rest is not lost");
    }

    @ParameterizedTest(name = "{0} names {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"peers\":{}}                                          | /peers",
                "{\"peers\":[{\"id\":7}]}                                | /peers/0/id",
                "{\"peers\":[{\"id\":\"a\"},{\"id\":\"b\",\"allowed_ips\":[1]}]} | /peers/1/allowed_ips/0",
                "{\"peers\":[{\"mesh_ip\":\"10.0.0.1\"}]}                | id",
                "{\"policies\":[{\"id\":\"p\",\"rules\":[{\"port\":\"443\"}]}]} | /policies/0/rules/0/port",
                "{\"policies\":[{\"id\":\"p\",\"rules\":[{\"port\":70000}]}]}   | /policies/0/rules/0/port",
                "{\"metadata\":{\"a\":1}}                                | /metadata/a",
                "{\"data\":[{\"key\":\"k\",\"version\":\"1\"}]}          | /data/0/version",
                "{\"data\":[{\"key\":\"k\",\"updated_at\":\"now\"}]}     | /data/0/updated_at",
                "{\"data\":[{\"key\":\"k\",\"version\":99999999999999999999}]} | expected a whole number of 64 bits",
                "{\"secret_refs\":[{\"version\":1}]}                     | key",
                "{\"signing_keys\":{\"current\":[]}}                     | /signing_keys",
                "[]                                                      | expected an object"
            })
    void namesTheMemberOfAWrongType(String json, String named) {
        var refused = assertThrows(ApiException.Malformed.class, () -> StateCodec.state(json.getBytes(UTF_8)));

        assertTrue(refused.toString().contains(named), refused.toString());
    }

    @Test
    void replacesHalfCharactersAsGoDoes() throws Exception {
        var state = StateCodec.state("{\"metadata\":{\"a\":\"\\ud800\"}}".getBytes(UTF_8));

        assertEquals(Map.of("a", "\ufffd"), state.metadata());
    }

    @Test
    void refusesWhatWouldNotFitTheHeapOrTheStack() {
        var deep = "{\"data\":[{\"key\":\"k\",\"payload\":" + "[".repeat(200) + "]".repeat(200) + "}]}";
        var many = "{\"x\":[0" + ",0".repeat(400_000) + "]}";
        var large = "{\"data\":[{\"key\":\"k\",\"payload\":[\"" + "x".repeat(600_000) + "\",\"" + "x".repeat(600_000)
                + "\"]}]}";

        for (var json : List.of(deep, many, large)) {
            var refused = assertThrows(ApiException.Malformed.class, () -> StateCodec.state(json.getBytes(UTF_8)));

            assertTrue(refused.toString().length() < 400, refused.toString());
        }
    }

    @Test
    void readsUtf8Only() {
        assertThrows(
                ApiException.Malformed.class,
                () -> StateCodec.state("{}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE)));
    }

    @Test
    void refusesEveryTruncation() {
        var whole = STATE.strip().getBytes(UTF_8);
        for (var length = 0; length < whole.length; length++) {
            var cut = java.util.Arrays.copyOf(whole, length);

            assertThrows(ApiException.Malformed.class, () -> StateCodec.state(cut), "cut to " + cut.length);
        }
    }

    @Test
    void printsNoSecret() throws Exception {
        var state = StateCodec.state(STATE.getBytes(UTF_8));

        assertTrue(!state.toString().contains("mock-psk")
                && !state.peers().toString().contains("mock-psk"));
    }
}
