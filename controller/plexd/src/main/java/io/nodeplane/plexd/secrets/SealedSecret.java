package io.nodeplane.plexd.secrets;

/**
 * A secret as the control plane gives it: AES-256-GCM, no additional data (protocol facts 6.2).
 *
 * @param key its name, to be compared with the name that was asked for
 * @param nonce 12 bytes
 * @param ciphertext ciphertext with the 16-byte tag behind
 * @param version counts up
 */
public record SealedSecret(String key, byte[] nonce, byte[] ciphertext, long version) {
    @Override
    public String toString() {
        return "SealedSecret[" + key + ", version " + version + "]";
    }
}
