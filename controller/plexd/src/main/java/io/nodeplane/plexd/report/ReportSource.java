package io.nodeplane.plexd.report;

/**
 * Who keeps a report, and so who may change and delete it. In order of precedence, the lowest first: where two hold the same
 * key, the later one is what the control plane sees.
 */
public enum ReportSource {
    /** {@code status.report} of the PlexdNodeState. */
    NODE_STATE("crd"),
    /** The node API, on this node's disk. */
    NODE_API("api");

    private final String tag;

    ReportSource(String tag) {
        this.tag = tag;
    }

    /** Word in files. */
    String tag() {
        return tag;
    }
}
