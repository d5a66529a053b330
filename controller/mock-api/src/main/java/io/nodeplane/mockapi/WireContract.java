package io.nodeplane.mockapi;

/** What the mock speaks. */
public enum WireContract {
    /** The seeds' contract. SOURCE: facts 3.2. */
    V1_SEED("v1-seed"),

    /** The platform's contract of 2026. SOURCE: facts 3.4 and 10.3. */
    V1_2026("v1-2026");

    private final String word;

    WireContract(String word) {
        this.word = word;
    }

    /** As on the command line. */
    public String word() {
        return word;
    }
}
