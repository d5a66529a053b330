package io.nodeplane.plexd.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.KeyAgreement;

/**
 * This node's X25519 key for the mesh (RFC 7748, section 5; protocol facts 2.2). Never printed.
 *
 * @param privateText standard base64 of the 32 clamped private bytes, as in file {@code private_key}
 */
public record MeshKey(String privateText) {
    private static final int BYTES = 32;
    private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

    public MeshKey {
        if (decode(privateText).length != BYTES) {
            throw new IllegalArgumentException("mesh key must be base64 of 32 bytes");
        }
    }

    /** A fresh key. */
    public static MeshKey generate(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        bytes[0] &= (byte) 0xf8;
        bytes[31] = (byte) ((bytes[31] & 0x7f) | 0x40);
        return new MeshKey(Base64.getEncoder().encodeToString(bytes));
    }

    /** The public half: standard base64 of 32 bytes, 44 characters. */
    public String publicText() {
        try {
            // The shared secret with the base point is the public key; the JDK has no shorter way from raw bytes.
            var factory = KeyFactory.getInstance("X25519");
            var agreement = KeyAgreement.getInstance("X25519");
            agreement.init(
                    factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, decode(privateText))));
            agreement.doPhase(
                    factory.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT)), true);
            return Base64.getEncoder().encodeToString(agreement.generateSecret());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("JDK without X25519", impossible);
        }
    }

    @Override
    public String toString() {
        return "MeshKey[masked]";
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
