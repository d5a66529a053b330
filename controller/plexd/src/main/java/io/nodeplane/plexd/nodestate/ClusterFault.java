package io.nodeplane.plexd.nodestate;

import org.jspecify.annotations.Nullable;

/** Why the API server did not do what was asked, in words that say what to do next. */
public final class ClusterFault extends Exception {
    private static final long serialVersionUID = 1;

    /** Kinds of fault by what a person has to do. */
    public enum Kind {
        /** The CRD is not installed. */
        NOT_INSTALLED,
        /** RBAC does not allow it, or the token is not accepted. */
        NOT_ALLOWED,
        /** The schema or an admission rule refuses the object. */
        REFUSED,
        /** No answer, or the server is failing: goes away by itself. */
        UNAVAILABLE
    }

    private final Kind kind;

    ClusterFault(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What sort of fault. */
    public Kind kind() {
        return kind;
    }

    /** What a person should do. */
    public String remedy() {
        return switch (kind) {
            case NOT_INSTALLED -> "apply the bundle's crds/ first";
            case NOT_ALLOWED -> "give the agent's ServiceAccount the rules of the bundle's ClusterRole plexd";
            case REFUSED -> "compare the installed CRD with the bundle's crds/";
            case UNAVAILABLE -> "nothing, it is tried again";
        };
    }
}
