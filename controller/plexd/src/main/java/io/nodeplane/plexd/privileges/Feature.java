package io.nodeplane.plexd.privileges;

/** A reason for a privilege: what would be missing without it. */
public enum Feature {
    AGENT("the agent itself", ""),
    AUDIT("audit records", "audit_fwd.enabled"),
    HOOKS("hooks", "kubernetes.hooks_enabled"),
    MESH("mesh", ""),
    NODE_API("node API", "node_api.http_enabled"),
    NODE_SECRETS("node secrets", "kubernetes.crd_enabled"),
    NODE_STATE("node state", "kubernetes.crd_enabled");

    private final String title;
    private final String key;

    Feature(String title, String key) {
        this.title = title;
        this.key = key;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Configuration key that switches it; empty when none does. */
    public String key() {
        return key;
    }
}
