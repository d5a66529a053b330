package io.nodeplane.plexd.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.actions.Execution;
import io.nodeplane.plexd.events.EventMeaning;
import io.nodeplane.plexd.events.SignedEvent;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.state.NodeState.SigningKeys;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes of the seeds' contract; the vector is number 4 of the protocol facts 0.4. */
class SeedEventsTest {
    private static final String KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
    private static final String SIGNATURE =
            "0ookLxAyqDU4vKjvcDyPtKAAqI+SN+EGkONuaVTfNla7SJ1N6ulIQN9SRhAsel47GzycKRlyogMSjgdPDtt0Bg==";
    private static final String CANONICAL = "{\"event_type\":\"action_request\",\"event_id\":\"evt-1\","
            + "\"issued_at\":\"2026-02-20T12:00:00.12Z\",\"nonce\":\"n-1\","
            + "\"payload\":{\"execution_id\":\"e-1\",\"note\":\"a\\u003cb\\u003e\\u0026c\",\"n\":1.50}}";
    private static final String RECEIVED = """
        {"signature": "%s", "event_type": "action_request", "future": [1],
         "payload": { "execution_id": "e-1", "note":"a<b>&c", "n":1.50 },
         "event_id": "evt-1", "nonce": "n-1", "issued_at": "2026-02-20T12:00:00.120000Z"}
        """.formatted(SIGNATURE);

    private final SeedEvents events = new SeedEvents();

    @Test
    void rebuildsTheSignedBytesOfTheVector() throws Exception {
        var event = events.envelope(RECEIVED.getBytes(UTF_8));

        assertEquals(CANONICAL, new String(event.signed(), UTF_8));
        assertEquals(175, event.signed().length);
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(new SigningKey(KEY).publicKey());
        signature.update(event.signed());
        assertTrue(signature.verify(event.signature()));
    }

    @Test
    void readsTheEnvelopeAndKeepsThePayloadAsItCame() throws Exception {
        var event = events.envelope(RECEIVED.getBytes(UTF_8));

        assertEquals("action_request", event.type());
        assertEquals("evt-1", event.id());
        assertEquals("n-1", event.nonce());
        assertEquals(Optional.of(Instant.parse("2026-02-20T12:00:00.12Z")), event.issuedAt());
        assertEquals(
                "{ \"execution_id\": \"e-1\", \"note\":\"a<b>&c\", \"n\":1.50 }", new String(event.payload(), UTF_8));
    }

    @ParameterizedTest(name = "payload {0} is kept as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"payload\":\"a\\\"é \",` | `\"a\\\"é \"`",
                "`\"payload\": 12.50 ,`     | 12.50",
                "`\"payload\":[ ] ,`        | `[ ]`",
                "`\"payload\":true,`        | true",
                "`\"payload\":null,`        | null",
                "``                         | null"
            })
    void keepsPayloadsOfAnyKind(String member, String payload) throws Exception {
        var json = "{" + member + "\"event_type\":\"t\",\"event_id\":\"e\"}";

        assertEquals(payload, new String(events.envelope(json.getBytes(UTF_8)).payload(), UTF_8));
    }

    @Test
    void leavesOutWhatVerificationNeedsWithoutFailing() throws Exception {
        var event = events.envelope("{\"event_type\":\"t\",\"event_id\":\"e\",\"signature\":\"?\"}".getBytes(UTF_8));

        assertEquals(Optional.empty(), event.issuedAt());
        assertEquals("", event.nonce());
        assertArrayEquals(new byte[0], event.signature());
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"event_type\":\"t\"}",
                "{\"event_id\":\"e\"}",
                "{\"event_type\":1,\"event_id\":\"e\"}",
                "{\"event_type\":\"t\",\"event_id\":\"e\",\"issued_at\":\"yesterday\"}",
                "{\"event_type\":\"t\",\"event_id\":\"e\"} x"
            })
    void refusesWhatIsNoEnvelope(String json) {
        assertThrows(ApiException.Malformed.class, () -> events.envelope(json.getBytes(UTF_8)));
    }

    @ParameterizedTest(name = "{0} changes the state")
    @ValueSource(
            strings = {
                "node_state_updated",
                "node_secrets_updated",
                "rotate_keys",
                "policy_updated",
                "peer_added",
                "peer_removed",
                "peer_key_rotated",
                "peer_endpoint_changed",
                "bridge_config_updated",
                "relay_session_assigned",
                "user_access_config_updated",
                "ingress_rule_revoked",
                "site_to_site_tunnel_assigned"
            })
    void takesChangesAsAReasonToPull(String type) throws Exception {
        assertEquals(new EventMeaning.StateChanged(), events.meaning(event(type, "{\"node_id\":\"n\"}")));
    }

    @Test
    void readsRotatedKeys() throws Exception {
        var payload = "{\"current\":\"" + KEY + "\",\"previous\":\"\",\"transition_expires\":\"2026-02-20T13:00:00Z\"}";

        assertEquals(
                new EventMeaning.KeysRotated(new SigningKeys(
                        new SigningKey(KEY), Optional.empty(), Optional.of(Instant.parse("2026-02-20T13:00:00Z")))),
                events.meaning(event("signing_key_rotated", payload)));
    }

    @ParameterizedTest(name = "current key {0}")
    @ValueSource(strings = {"", "AAAA", "not base64"})
    void refusesARotationToNoKey(String key) {
        var event = event("signing_key_rotated", "{\"current\":\"" + key + "\"}");

        assertThrows(ApiException.Malformed.class, () -> events.meaning(event));
    }

    @Test
    void leavesTheRestUnknown() throws Exception {
        assertEquals(new EventMeaning.Unknown(), events.meaning(event("ssh_session_setup", "{}")));
    }

    @Test
    void readsAWholeRequest() throws Exception {
        var payload =
                "{\"execution_id\":\"e-1\",\"action\":\"clean.sh\",\"parameters\":{\"a\":\"1\"},\"timeout\":\"30s\","
                        + "\"checksum\":\"AB\",\"triggered_by\":{ \"type\": \"user\", \"later\": 1 }}";

        assertEquals(
                new EventMeaning.ActionWanted(new Execution(
                        "e-1",
                        "clean.sh",
                        Map.of("a", "1"),
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.empty(),
                        Optional.of("ab"),
                        Optional.of("{\"type\":\"user\",\"later\":1}"))),
                events.meaning(event("action_request", payload)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"execution_id\":\"e-1\",\"action\":\"system.info\"}",
                "{\"execution_id\":\"e-1\",\"action\":\"system.info\",\"parameters\":null,\"timeout\":\"soon\",\"triggered_by\":null}",
                "{\"execution_id\":\"e-1\",\"action\":\"system.info\",\"timeout\":\"\",\"checksum\":\"\",\"triggered_by\":\"me\"}",
            })
    void takesWhatCannotBeReadOfAnOptionalMemberAsAbsent(String payload) throws Exception {
        var plain = new Execution(
                "e-1", "system.info", Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        assertEquals(new EventMeaning.ActionWanted(plain), events.meaning(event("action_request", payload)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{\"execution_id\":\"\",\"action\":\"a\"}",
                "{\"execution_id\":\"..\",\"action\":\"a\"}",
                "{\"execution_id\":\"a\\nb\",\"action\":\"a\"}",
                "{\"execution_id\":\"e\",\"action\":\"a\",\"parameters\":{\"n\":1}}"
            })
    void refusesARequestThatIsNone(String payload) {
        var event = event("action_request", payload);

        assertThrows(ApiException.Malformed.class, () -> events.meaning(event));
    }

    private static SignedEvent event(String type, String payload) {
        return new SignedEvent(type, "e", Optional.empty(), "", payload.getBytes(UTF_8), new byte[0], new byte[0]);
    }
}
