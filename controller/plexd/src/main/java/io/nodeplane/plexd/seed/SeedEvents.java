package io.nodeplane.plexd.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.events.EventCodec;
import io.nodeplane.plexd.events.EventMeaning;
import io.nodeplane.plexd.events.SignedEvent;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.wire.GoJson;
import io.nodeplane.plexd.wire.GoText;
import io.nodeplane.plexd.wire.JsonReader;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;

/** Envelope, signed form and payloads of events in the seeds' contract (protocol facts 3.6, column B). */
final class SeedEvents implements EventCodec {
    private static final Map<String, JsonReader.Value<?>> ENVELOPE = Map.of(
            "event_type", JsonReader::text,
            "event_id", JsonReader::text,
            "issued_at", JsonReader::time,
            "nonce", JsonReader::text,
            "payload", JsonReader::raw,
            "signature", JsonReader::text);
    private static final byte[] NO_PAYLOAD = "null".getBytes(UTF_8);

    @Override
    public boolean hasNonces() {
        return true;
    }

    @Override
    public SignedEvent envelope(byte[] data) throws ApiException.Malformed {
        return JsonReader.document("event", data, SeedEvents::envelope);
    }

    private static SignedEvent envelope(JsonReader in) throws IOException {
        var fields = in.fields(ENVELOPE);
        var type = fields.required("event_type");
        var id = fields.required("event_id");
        var payload = fields.raw("payload").orElse(NO_PAYLOAD);
        var issuedAt = fields.time("issued_at");
        return new SignedEvent(
                type,
                id,
                issuedAt.map(OffsetDateTime::toInstant),
                fields.text("nonce"),
                payload,
                canonical(type, id, issuedAt.map(GoText::time).orElse(""), fields.text("nonce"), payload),
                decoded(fields.text("signature")));
    }

    /** The bytes that Go's {@code json.Marshal} makes of the envelope without its signature. */
    private static byte[] canonical(String type, String id, String issuedAt, String nonce, byte[] payload) {
        var head = "{\"event_type\":" + GoJson.string(type)
                + ",\"event_id\":" + GoJson.string(id)
                + ",\"issued_at\":\"" + issuedAt + "\""
                + ",\"nonce\":" + GoJson.string(nonce)
                + ",\"payload\":";
        return (head + new String(GoJson.compact(payload), UTF_8) + "}").getBytes(UTF_8);
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
            case "signing_key_rotated" -> keys(event);
            case "action_request" ->
                new EventMeaning.ActionWanted(
                        JsonReader.document("action_request", event.payload(), SeedExecutions::request));
            case "node_state_updated",
                    "node_secrets_updated",
                    "rotate_keys",
                    "policy_updated",
                    "bridge_config_updated" -> new EventMeaning.StateChanged();
            case String type when changesTheState(type) -> new EventMeaning.StateChanged();
            default -> new EventMeaning.Unknown();
        };
    }

    /** Families of types that differ in their payload only, which a pull makes needless. */
    private static boolean changesTheState(String type) {
        return type.startsWith("peer_")
                || type.startsWith("relay_session_")
                || type.startsWith("user_access_")
                || type.startsWith("ingress_")
                || type.startsWith("site_to_site_");
    }

    private static EventMeaning keys(SignedEvent event) throws ApiException.Malformed {
        var keys = JsonReader.document("signing_key_rotated", event.payload(), SigningKeysCodec::read);
        if (keys.isEmpty()) {
            throw new ApiException.Malformed("signing_key_rotated: member current is no Ed25519 key", null);
        }
        return new EventMeaning.KeysRotated(keys.get());
    }
}
