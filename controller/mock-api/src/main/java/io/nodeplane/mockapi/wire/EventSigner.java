package io.nodeplane.mockapi.wire;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** Signs events with an Ed25519 key pair. SOURCE: facts 3.6, signature. */
public final class EventSigner {
    /** Raw bytes of an Ed25519 public key; the rest of its X.509 form is a constant prefix. */
    private static final int RAW_KEY = 32;

    private final KeyPair keys;

    /** A signer with the given Ed25519 keys. */
    public EventSigner(KeyPair keys) {
        this.keys = keys;
    }

    /** A signer with fresh keys, as each start of the mock has. SOURCE: facts 10.1, signing key. */
    public static EventSigner fresh() {
        try {
            return new EventSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no Ed25519", e);
        }
    }

    /** Standard base64 of the 32 raw bytes of the public key. */
    public String publicKey() {
        var encoded = keys.getPublic().getEncoded();
        var raw = Arrays.copyOfRange(encoded, encoded.length - RAW_KEY, encoded.length);
        return Base64.getEncoder().encodeToString(raw);
    }

    /** The event with a signature over its canonical bytes. */
    public Envelope sign(Envelope event) {
        return event.signature(sign(event.canonical()));
    }

    /** Base64 of the signature over a canonical text. */
    public String sign(String canonical) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(GoJson.utf8(canonical));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 signature failed", e);
        }
    }
}
