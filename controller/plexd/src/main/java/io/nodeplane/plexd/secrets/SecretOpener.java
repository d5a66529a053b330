package io.nodeplane.plexd.secrets;

import io.nodeplane.plexd.identity.NodeSecretKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Opens sealed secrets: AES-256-GCM, 12-byte nonce, 16-byte tag, no additional data (protocol facts 6.2). Thread-safe. */
public final class SecretOpener {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final NodeSecretKey key;

    /** An opener for what is sealed with the node's key. */
    public SecretOpener(NodeSecretKey key) {
        this.key = key;
    }

    /**
     * The plaintext as UTF-8.
     *
     * @param name what was asked for; without additional data nothing else tells two secrets of a node apart
     * @throws SecretUnavailable without a reason that would help to guess keys
     */
    public String open(String name, SealedSecret sealed) throws SecretUnavailable {
        if (!sealed.key().equals(name)) {
            throw new SecretUnavailable("asked for secret " + name + ", got another one");
        }
        if (sealed.nonce().length != NONCE_BYTES) {
            throw cannotOpen(name);
        }
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key.bytes(), "AES"),
                    new GCMParameterSpec(TAG_BITS, sealed.nonce()));
            return new String(cipher.doFinal(sealed.ciphertext()), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException whatever) {
            throw cannotOpen(name);
        }
    }

    private static SecretUnavailable cannotOpen(String name) {
        return new SecretUnavailable("secret " + name + " cannot be opened with the node's key");
    }
}
