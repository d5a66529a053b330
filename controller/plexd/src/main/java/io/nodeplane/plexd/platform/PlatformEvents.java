package io.nodeplane.plexd.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.events.EventCodec;
import io.nodeplane.plexd.events.EventMeaning;
import io.nodeplane.plexd.events.SignedEvent;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.wire.GoJson;
import io.nodeplane.plexd.wire.GoText;
import io.nodeplane.plexd.wire.JsonReader;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * Envelope, signed form and payloads of events in the platform's contract (protocol facts 3.6, column C). Payloads are opaque
 * but for the news of a signing key: everything else is a reason to pull the state.
 */
final class PlatformEvents implements EventCodec {
    private static final Map<String, JsonReader.Value<?>> ENVELOPE = Map.of(
            "id", JsonReader::text,
            "type", JsonReader::text,
            "scope", JsonReader::text,
            "key_id", JsonReader::text,
            "issued_at", JsonReader::time,
            "payload", JsonReader::raw,
            "signature", JsonReader::text);
    private static final Map<String, JsonReader.Value<?>> KEY = Map.of(
            "key_id", JsonReader::text,
            "public_key", JsonReader::text,
            "previous_key_id", JsonReader::text,
            "transition_expires", JsonReader::time);
    private static final Set<String> CHANGES = Set.of(
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
            "peer_key_rotated");
    private static final byte[] NO_PAYLOAD = "null".getBytes(UTF_8);

    private final Curiosities curiosities;

    PlatformEvents(Curiosities curiosities) {
        this.curiosities = curiosities;
    }

    @Override
    public boolean hasNonces() {
        return false;
    }

    @Override
    public SignedEvent envelope(byte[] data) throws ApiException.Malformed {
        return JsonReader.document("event", data, PlatformEvents::envelope);
    }

    private static SignedEvent envelope(JsonReader in) throws IOException {
        var fields = in.fields(ENVELOPE);
        var type = fields.required("type");
        var id = fields.required("id");
        var keyId = fields.text("key_id");
        var payload = fields.raw("payload").orElse(NO_PAYLOAD);
        var issuedAt = fields.time("issued_at");
        var head = "{\"id\":" + GoJson.string(id)
                + ",\"type\":" + GoJson.string(type)
                + ",\"scope\":" + GoJson.string(fields.text("scope"))
                + ",\"key_id\":" + GoJson.string(keyId)
                + ",\"issued_at\":\"" + issuedAt.map(GoText::time).orElse("") + "\",\"payload\":";
        return new SignedEvent(
                type,
                id,
                issuedAt.map(OffsetDateTime::toInstant),
                "",
                keyId,
                payload,
                (head + new String(GoJson.compact(payload), UTF_8) + "}").getBytes(UTF_8),
                // An event without the name of a key is signed by nobody.
                keyId.isEmpty() ? new byte[0] : decoded(fields.text("signature")));
    }

    private static byte[] decoded(String signature) {
        try {
            return Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    @Override
    public EventMeaning meaning(SignedEvent event) throws ApiException.Malformed {
        return switch (event.type()) {
            case "signing_key_rotated" ->
                JsonReader.document("signing_key_rotated", event.payload(), PlatformEvents::key);
            case "rotate_keys" -> new EventMeaning.MeshKeyDue();
            default -> {
                if (!CHANGES.contains(event.type())) {
                    curiosities.met("event of an unknown type: taken as a reason to pull the state", event.type());
                }
                yield new EventMeaning.StateChanged();
            }
        };
    }

    private static EventMeaning key(JsonReader in) throws IOException {
        var fields = in.fields(KEY);
        var id = fields.required("key_id");
        // Go writes a time that was never set as the year 1.
        var expires = fields.time("transition_expires")
                .map(OffsetDateTime::toInstant)
                .filter(time -> time.isAfter(Instant.EPOCH));
        return new EventMeaning.KeyReplaced(
                fields.value("public_key", text -> new SigningKey(id, text)), fields.text("previous_key_id"), expires);
    }
}
