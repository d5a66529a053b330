package io.nodeplane.mockapi.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The node secret key, the bearer made of it, and what is sealed with it. All are test constants. SOURCE: facts 0.4, 2.7, 6.2. */
public final class Nsk {
    /** The key that every node gets. SOURCE: facts 0.4, vector 2. */
    public static final String BASE64 = "AAECAwQFBgcICQoLDA0OD4CRorPE1eb3+Onay7ytno8=";

    /** Names the key in answers. SOURCE: facts 10.3, secrets. */
    static final String KID = "e2e-nsk-kid-1";

    private static final byte[] KEY = Base64.getDecoder().decode(BASE64);
    private static final int ID_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private Nsk() {}

    /** The bearer of a node. */
    public static String bearer(String environment, String nodeId) {
        var id = UUID.fromString(nodeId);
        var payload = ByteBuffer.allocate(ID_BYTES + KEY.length)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(KEY);
        return "nsk_" + environment + "_"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.array());
    }

    /** The node that an {@code Authorization} value speaks for, or nothing when it is no bearer of ours. */
    static Optional<String> node(String authorization) {
        var parts = authorization.split("_", 3);
        if (parts.length < 3 || !parts[0].equals("Bearer nsk") || parts[1].isEmpty()) {
            return Optional.empty();
        }
        try {
            var payload = Base64.getUrlDecoder().decode(parts[2]);
            var isOurs = payload.length == ID_BYTES + KEY.length
                    && Arrays.equals(payload, ID_BYTES, payload.length, KEY, 0, KEY.length);
            return isOurs ? Optional.of(id(payload)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String id(byte[] payload) {
        var buffer = ByteBuffer.wrap(payload);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }

    /** Nonce, ciphertext and tag of a text. */
    static byte[] sealed(String plaintext, SecureRandom random) {
        return sealed(plaintext.getBytes(StandardCharsets.UTF_8), random);
    }

    /** Nonce, ciphertext and tag. */
    static byte[] sealed(byte[] plaintext, SecureRandom random) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            var ciphertext = cipher.doFinal(plaintext);
            return ByteBuffer.allocate(nonce.length + ciphertext.length)
                    .put(nonce)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }
}
