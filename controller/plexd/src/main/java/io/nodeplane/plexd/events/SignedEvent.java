package io.nodeplane.plexd.events;

import java.time.Instant;
import java.util.Optional;

/**
 * One event as received, not yet believed (protocol facts 3.6).
 *
 * @param type for example {@code node_state_updated}; non-empty
 * @param id non-empty
 * @param issuedAt absent when the envelope has none: such an event can not be verified
 * @param nonce empty when the envelope has none
 * @param keyId names the key of the signature, empty when the envelope names none
 * @param payload the exact bytes of the payload, {@code null} as JSON when there is none
 * @param signed the canonical bytes that the signature covers
 * @param signature raw bytes, empty when absent or no base64
 */
public record SignedEvent(
        String type,
        String id,
        Optional<Instant> issuedAt,
        String nonce,
        String keyId,
        byte[] payload,
        byte[] signed,
        byte[] signature) {
    /** An event whose envelope names no key. */
    public SignedEvent(
            String type,
            String id,
            Optional<Instant> issuedAt,
            String nonce,
            byte[] payload,
            byte[] signed,
            byte[] signature) {
        this(type, id, issuedAt, nonce, "", payload, signed, signature);
    }

    @Override
    public String toString() {
        return "SignedEvent[" + type + ", " + id + "]";
    }
}
