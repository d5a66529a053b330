package io.nodeplane.mockapi.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nodeplane.mockapi.wire.EventSigner;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** What the mock answers with: state, heartbeat answer, local credential. Thread-safe. SOURCE: facts 10.2, fixtures. */
public final class Fixture {
    /** Members that Go writes as null when they are absent. SOURCE: facts 3.3, last line. */
    private static final List<String> NULLABLE = List.of("peers", "policies", "data", "secret_refs");

    private EventSigner signer;
    private JsonNode state;
    private JsonNode heartbeat = Json.object().put("reconcile", true).put("rotate_keys", false);
    private String localBearer = Secret.LOCAL_BEARER;
    private int secretVersion = 1;

    /** The fixture of the seed contract with the signer's key as current and previous key. */
    public Fixture(EventSigner signer) {
        this.signer = signer;
        this.state = withKeys(resource("state.json"), signer.publicKey());
    }

    private static JsonNode withKeys(JsonNode state, String key) {
        ((ObjectNode) state.get("signing_keys")).put("current", key).put("previous", key);
        return state;
    }

    private static JsonNode resource(String name) {
        try (var in = Objects.requireNonNull(Fixture.class.getResourceAsStream(name), name)) {
            return Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Signs events; its public key is the one that registered nodes get. */
    public synchronized EventSigner signer() {
        return signer;
    }

    /**
     * Signs with another key from now on, and serves it in the state; the one before stays good for a while.
     *
     * @param until end of the transition
     */
    public synchronized void signer(EventSigner next, String until) {
        var whole = ((ObjectNode) state).deepCopy();
        whole.set("signing_keys", signingKeys(next, until));
        state = whole;
        signer = next;
    }

    /** What the state and {@code signing_key_rotated} say of a key that follows the present one. SOURCE: facts 4.4. */
    public synchronized JsonNode signingKeys(EventSigner next, String until) {
        return Json.object()
                .put("current", next.publicKey())
                .put("previous", signer.publicKey())
                .put("transition_expires", until);
    }

    /** The state document. */
    public synchronized JsonNode state() {
        return state;
    }

    /** Replaces the state document; absent lists are answered as null, as Go does. */
    public synchronized void state(JsonNode document) {
        var whole = ((ObjectNode) document).deepCopy();
        for (var name : NULLABLE) {
            if (!whole.has(name)) {
                whole.putNull(name);
            }
        }
        state = whole;
    }

    /** The answer to heartbeats. */
    public synchronized JsonNode heartbeat() {
        return heartbeat;
    }

    /** Replaces the answer to heartbeats; an absent member is false. */
    public synchronized void heartbeat(JsonNode answer) {
        heartbeat = Json.object()
                .put("reconcile", answer.path("reconcile").asBoolean())
                .put("rotate_keys", answer.path("rotate_keys").asBoolean());
    }

    /** The peers that register and key rotation answer with. */
    static JsonNode peers() {
        return resource("state.json").get("peers");
    }

    /** The answer to {@code GET secrets/{key}}: the local credential, encrypted. */
    public synchronized JsonNode secret(String key) {
        return Secret.encrypted(key, localBearer, secretVersion);
    }

    /** The local credential itself. */
    public synchronized String localBearer() {
        return localBearer;
    }

    /** Its version, from 1. */
    public synchronized int secretVersion() {
        return secretVersion;
    }

    /** True for the header value that the local endpoints want. */
    public synchronized boolean isLocalBearer(String authorization) {
        return authorization.equals("Bearer " + localBearer);
    }

    /** Another local credential: served as the secret's next version and wanted from now on. */
    public synchronized void localBearer(String bearer) {
        localBearer = bearer;
        secretVersion++;
    }
}
