package io.nodeplane.plexd.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The node secret key: API credential and AES-256-GCM key in one (protocol facts 2.2).
 *
 * <p>Two spellings are taken: base64 of 32 bytes (44 characters), or 32 bytes of UTF-8 used as they are.
 *
 * @param text exactly as received; the seed contract sends it verbatim as bearer
 */
public record NodeSecretKey(String text) {
    private static final int KEY_BYTES = 32;

    public NodeSecretKey {
        if (decode(text).length != KEY_BYTES) {
            throw new IllegalArgumentException("node secret key must be 32 bytes, plain or as 44 characters of base64");
        }
    }

    /** The 32 key bytes; a fresh array each time. */
    public byte[] bytes() {
        return decode(text);
    }

    @Override
    public String toString() {
        return "NodeSecretKey[masked]";
    }

    private static byte[] decode(String text) {
        var plain = text.getBytes(StandardCharsets.UTF_8);
        if (plain.length != 44) {
            return plain;
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return Arrays.copyOf(plain, 0);
        }
    }
}
