package io.nodeplane.plexd.identity;

/** The control plane's name of this node, for example {@code node-mock-001}; non-empty, printable. */
public record NodeId(String value) {
    public NodeId {
        if (value.isBlank() || value.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException("node id must be non-empty and printable");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
