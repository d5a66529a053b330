package io.nodeplane.plexd.hostile;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An event as a control plane sends it; the members are JSON texts, so that each can be made wrong.
 *
 * @param payload JSON text
 */
record Envelope(String type, String id, String issuedAt, String nonce, String payload) {
    static final String NOON = "2026-02-20T12:00:00Z";

    /** Public half of {@link #SERVER}; both from the test vector 4 of the protocol facts 0.4. */
    static final String PUBLIC_KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";

    static final byte[] SERVER = seed(0);
    static final byte[] STRANGER = seed(100);

    /** An event that asks for a state pull. */
    static Envelope change(String nonce) {
        return new Envelope("peer_added", "e-" + nonce, NOON, nonce, "{\"id\":\"p\"}");
    }

    Envelope withType(String other) {
        return new Envelope(other, id, issuedAt, nonce, payload);
    }

    Envelope withId(String other) {
        return new Envelope(type, other, issuedAt, nonce, payload);
    }

    Envelope withTime(String other) {
        return new Envelope(type, id, other, nonce, payload);
    }

    Envelope withNonce(String other) {
        return new Envelope(type, id, issuedAt, other, payload);
    }

    Envelope withPayload(String other) {
        return new Envelope(type, id, issuedAt, nonce, other);
    }

    String signedBy(byte[] key) {
        return json(Base64.getEncoder().encodeToString(signature(key)));
    }

    byte[] signature(byte[] key) {
        return sign(key, GoReference.canonical(type, id, issuedAt, nonce, payload));
    }

    /** The envelope's JSON text; strings with escapes where JSON wants them. */
    String json(String signature) {
        return "{\"event_type\":" + escaped(type) + ",\"event_id\":" + escaped(id) + ",\"issued_at\":"
                + escaped(issuedAt)
                + ",\"nonce\":" + escaped(nonce) + ",\"payload\":" + payload + ",\"signature\":" + escaped(signature)
                + "}";
    }

    /** All that is not plain ASCII as an escape, lone surrogates too. */
    static String escaped(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.append('"').toString();
    }

    static byte[] sign(byte[] seed, byte[] bytes) {
        try {
            var key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static byte[] seed(int from) {
        var seed = new byte[32];
        for (var at = 0; at < seed.length; at++) {
            seed[at] = (byte) (from + at);
        }
        return Arrays.copyOf(seed, seed.length);
    }
}
