package io.nodeplane.plexd.registration;

/** A one-time token: 1 to 512 bytes, each 0x20 to 0x7E (protocol facts 2.1). Never printed. */
public record BootstrapToken(String value) {
    private static final int MAX_BYTES = 512;

    public BootstrapToken {
        if (value.isEmpty() || value.length() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "bootstrap token has " + value.length() + " characters, expected 1 to " + MAX_BYTES);
        }
        if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw new IllegalArgumentException("bootstrap token has a character outside printable ASCII");
        }
    }

    @Override
    public String toString() {
        return "BootstrapToken[masked]";
    }
}
