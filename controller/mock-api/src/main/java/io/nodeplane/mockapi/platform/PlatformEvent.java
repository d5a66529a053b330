package io.nodeplane.mockapi.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.wire.GoJson;
import io.nodeplane.mockapi.wire.Rfc3339;

/**
 * An event of the platform as it travels in one {@code data:} line.
 *
 * @param id event id, a UUID on the platform
 * @param type event type
 * @param scope whom it concerns, such as {@code node}
 * @param keyId names the key of the signature
 * @param issuedAt RFC 3339 time as it is written on the wire
 * @param payload JSON text, {@code null} when absent
 * @param signature base64 of the Ed25519 signature, empty while unsigned
 *     SOURCE: facts 3.6, envelope C
 */
public record PlatformEvent(
        String id, String type, String scope, String keyId, String issuedAt, String payload, String signature) {

    /** An event from a tree that has been checked; members that are absent are empty. */
    static PlatformEvent of(JsonNode tree) {
        return new PlatformEvent(
                tree.path("id").asText(),
                tree.path("type").asText(),
                tree.path("scope").asText("node"),
                tree.path("key_id").asText(),
                tree.path("issued_at").asText(),
                tree.has("payload") ? tree.get("payload").toString() : "null",
                tree.path("signature").asText());
    }

    PlatformEvent issuedAt(String time) {
        return new PlatformEvent(id, type, scope, keyId, time, payload, signature);
    }

    PlatformEvent keyId(String name) {
        return new PlatformEvent(id, type, scope, name, issuedAt, payload, signature);
    }

    PlatformEvent signature(String base64) {
        return new PlatformEvent(id, type, scope, keyId, issuedAt, payload, base64);
    }

    /** The bytes that are signed: Go's JSON of all members but the signature. */
    public String canonical() {
        return members(Rfc3339.format(Rfc3339.parse(issuedAt))) + "}";
    }

    private String members(String time) {
        return "{\"id\":" + GoJson.quoted(id)
                + ",\"type\":" + GoJson.quoted(type)
                + ",\"scope\":" + GoJson.quoted(scope)
                + ",\"key_id\":" + GoJson.quoted(keyId)
                + ",\"issued_at\":" + GoJson.quoted(time)
                + ",\"payload\":" + GoJson.compacted(payload);
    }

    /** The whole frame at a place of the stream. */
    byte[] frame(long sequence) {
        var data = members(issuedAt) + ",\"signature\":" + GoJson.quoted(signature) + "}";
        return GoJson.utf8(
                "id: " + sequence + "\nevent: " + type.replaceAll("[\\r\\n]", " ") + "\ndata: " + data + "\n\n");
    }
}
