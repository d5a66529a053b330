package io.nodeplane.plexd.identity;

import java.util.Optional;

/**
 * The contracts that control planes speak (protocol facts 0.2 and 0.3). An identity is bound to the one it was given under:
 * node ids, keys and bearer of one mean nothing in the other.
 */
public enum WireContract {
    /** The seeds' contract of February 2026. */
    V1_SEED("v1-seed"),
    /** The platform's contract of summer 2026. */
    V1_2026("v1-2026");

    private final String word;

    WireContract(String word) {
        this.word = word;
    }

    /** As in configuration and identity file. */
    public String word() {
        return word;
    }

    /** The contract of a word. */
    public static Optional<WireContract> of(String word) {
        for (var each : values()) {
            if (each.word.equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
