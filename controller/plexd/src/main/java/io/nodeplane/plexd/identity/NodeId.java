package io.nodeplane.plexd.identity;

/** The control plane's name of this node, for example {@code node-mock-001}; non-empty, printable, not long. */
public record NodeId(String value) {
    /** What the PlexdNodeState holds (crds/plexdnodestates.yaml, spec.nodeId). */
    private static final int MAX_CHARACTERS = 253;

    public NodeId {
        if (value.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("node id must have at most " + MAX_CHARACTERS + " characters");
        }
        if (value.isBlank() || value.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException("node id must be non-empty and printable");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
