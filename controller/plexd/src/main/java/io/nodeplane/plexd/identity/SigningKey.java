package io.nodeplane.plexd.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The control plane's Ed25519 public key (RFC 8032) that signs events.
 *
 * <p>Standard base64 of the 32 raw bytes, or of the 44 bytes of SubjectPublicKeyInfo (RFC 8410): protocol facts 2.2.
 *
 * @param id names the key in events, for example {@code did:web:plexsphere.com#key-1}; empty in the seeds' contract, whose
 *     events name no key
 * @param text base64 as received
 */
public record SigningKey(String id, String text) {
    private static final int SIGNATURE_BYTES = 64;
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    public SigningKey {
        if (spki(text).length == 0) {
            throw new IllegalArgumentException(
                    "signing key must be base64 of 32 raw bytes or of a 44-byte SubjectPublicKeyInfo");
        }
        if (!isPoint(decoded(text))) {
            throw new IllegalArgumentException("signing key is no point of the curve");
        }
    }

    /** Whether anything can verify under it: a key that cannot would shut out every event once it is installed. */
    private static boolean isPoint(PublicKey key) {
        try {
            var trial = Signature.getInstance("Ed25519");
            trial.initVerify(key);
            // Only here the JDK decodes the point; that no signature is no signature does not matter.
            var _ = trial.verify(new byte[SIGNATURE_BYTES]);
            return true;
        } catch (GeneralSecurityException noPoint) {
            return false;
        }
    }

    /** A key that events do not name. */
    public SigningKey(String text) {
        this("", text);
    }

    /** The key as the JDK wants it. */
    public PublicKey publicKey() {
        return decoded(text);
    }

    private static PublicKey decoded(String text) {
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki(text)));
        } catch (GeneralSecurityException notACurvePoint) {
            throw new IllegalArgumentException("signing key is no Ed25519 key", notACurvePoint);
        }
    }

    private static byte[] spki(String text) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
        if (decoded.length == 32) {
            var joined = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + decoded.length);
            System.arraycopy(decoded, 0, joined, SPKI_PREFIX.length, decoded.length);
            return joined;
        }
        var isSpki = decoded.length == 44 && Arrays.equals(SPKI_PREFIX, 0, 12, decoded, 0, 12);
        return isSpki ? decoded : new byte[0];
    }
}
