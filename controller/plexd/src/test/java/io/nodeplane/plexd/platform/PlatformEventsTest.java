package io.nodeplane.plexd.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nodeplane.plexd.events.EventMeaning;
import io.nodeplane.plexd.events.SignedEvent;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.SigningKey;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformEventsTest {
    private final PlatformEvents events = new PlatformEvents(new Curiosities());

    @Test
    void carriesNoNonces() {
        assertFalse(events.hasNonces());
    }

    @Test
    void takesAnEventWithoutAKeysNameForUnsigned() throws Exception {
        var event = events.envelope("{\"id\":\"i\",\"type\":\"t\",\"signature\":\"AAAA\"}".getBytes(UTF_8));

        assertEquals("", event.keyId());
        assertEquals(0, event.signature().length);
        assertEquals(Optional.empty(), event.issuedAt());
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"type\":\"t\"}",
                "{\"id\":\"i\"}",
                "{\"id\":7,\"type\":\"t\"}",
                "{\"id\":\"i\",\"type\":\"t\",\"key_id\":[]}",
                "{\"id\":\"i\",\"type\":\"t\",\"issued_at\":\"soon\"}",
                "{\"id\":\"i\",\"type\":\"t\"} {}"
            })
    void refusesWhatIsNoEnvelope(String json) {
        assertThrows(ApiException.Malformed.class, () -> events.envelope(json.getBytes(UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "node_state_updated",
                "policy_updated",
                "bridge_config_updated",
                "action_request",
                "session_setup",
                "session_revoked",
                "peer_registered",
                "peer_psk_assigned",
                "peer_deregistered",
                "peer_endpoint_changed",
                "peer_key_rotated",
                "something_of_next_year"
            })
    void takesEverythingElseAsAReasonToPull(String type) throws Exception {
        assertEquals(new EventMeaning.StateChanged(), events.meaning(event(type, "\"opaque\"")));
    }

    @Test
    void takesAWishForRotationAsOne() throws Exception {
        assertEquals(new EventMeaning.MeshKeyDue(), events.meaning(event("rotate_keys", "null")));
    }

    @ParameterizedTest(name = "expires {0}")
    @CsvSource({
        "2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "0001-01-01T00:00:00Z, ",
        "'', ",
    })
    void readsTheNewsOfASigningKey(String expires, Instant until) throws Exception {
        var payload = "{\"key_id\":\"k2\",\"public_key\":\"" + Samples.SIGNING_KEY
                + "\",\"previous_key_id\":\"k1\",\"transition_expires\":\"" + expires + "\"}";

        assertEquals(
                new EventMeaning.KeyReplaced(
                        new SigningKey("k2", Samples.SIGNING_KEY), "k1", Optional.ofNullable(until)),
                events.meaning(event("signing_key_rotated", payload)));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"key_id\":\"k2\"}",
                "{\"key_id\":\"k2\",\"public_key\":\"AAAA\"}",
                "{\"key_id\":\"\",\"public_key\":\"A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\"}"
            })
    void refusesNewsWithoutAKey(String payload) {
        assertThrows(ApiException.Malformed.class, () -> events.meaning(event("signing_key_rotated", payload)));
    }

    private static SignedEvent event(String type, String payload) {
        return new SignedEvent(type, "e", Optional.empty(), "", payload.getBytes(UTF_8), new byte[0], new byte[0]);
    }
}
