package io.nodeplane.plexd.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.identity.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A control plane's signing key pair, and events signed with it. */
final class Signer {
    private final KeyPair pair;

    Signer() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    SigningKey publicKey() {
        return new SigningKey(
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    }

    byte[] sign(byte[] bytes) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** An event whose signed bytes are its nonce and time: enough for everything above the codec. */
    SignedEvent event(String type, String nonce, Instant issuedAt) {
        var signed = (type + nonce + issuedAt).getBytes(UTF_8);
        return new SignedEvent(
                type, "id-" + nonce, Optional.of(issuedAt), nonce, "{}".getBytes(UTF_8), signed, sign(signed));
    }
}
