package io.nodeplane.mockapi.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The encrypted secret of the seed contract. All values are public test constants. SOURCE: facts 0.4 vector 1, 6.2. */
public final class Secret {
    /** The key that every node gets: 32 ASCII characters, used as they are. */
    public static final String NODE_SECRET_KEY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /** The plain text of every secret, and the bearer of the local endpoints. */
    public static final String LOCAL_BEARER = "e2e-local-bearer-token";

    private static final int TAG_BITS = 128;

    private Secret() {}

    /**
     * The answer {@code {key, ciphertext, nonce, version}}.
     *
     * @param key name of the secret, echoed
     * @param plaintext what the node shall decrypt
     * @param version at least 1; also makes the nonce (12 bytes, zero for version 1), so that no nonce is used twice
     */
    public static JsonNode encrypted(String key, String plaintext, int version) {
        var nonce = new byte[12];
        nonce[11] = (byte) (version - 1);
        nonce[10] = (byte) ((version - 1) >> 8);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            var aes = new SecretKeySpec(NODE_SECRET_KEY.getBytes(StandardCharsets.US_ASCII), "AES");
            cipher.init(Cipher.ENCRYPT_MODE, aes, new GCMParameterSpec(TAG_BITS, nonce));
            var ciphertext = cipher.doFinal(plaintext.getBytes(StandardCharsets.UTF_8));
            return Json.object()
                    .put("key", key)
                    .put("ciphertext", Base64.getEncoder().encodeToString(ciphertext))
                    .put("nonce", Base64.getEncoder().encodeToString(nonce))
                    .put("version", version);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }
}
