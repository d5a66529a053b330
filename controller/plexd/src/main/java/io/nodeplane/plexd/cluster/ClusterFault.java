package io.nodeplane.plexd.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
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

    /**
     * A fault that was found without asking the API server, or by a double of it.
     *
     * @param message says what was tried, on which object, and why it failed
     */
    public ClusterFault(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * What an exception of the client means.
     *
     * @param verb what was tried, for example {@code write}
     * @param object kind, namespace and name, for example {@code PlexdNodeState plexd-system/node-1}
     */
    public static ClusterFault of(String verb, String object, Throwable cause) {
        var refusal = clientException(cause);
        var kind = switch (refusal.map(KubernetesClientException::getCode).orElse(0)) {
            case 404 -> Kind.NOT_INSTALLED;
            case 401, 403 -> Kind.NOT_ALLOWED;
            case 400, 413, 422 -> Kind.REFUSED;
            default -> Kind.UNAVAILABLE;
        };
        var detail = refusal.map(ClusterFault::detail).orElse(cause.toString());
        return new ClusterFault(kind, "cannot " + verb + " " + object + ": " + detail, cause);
    }

    /** What sort of fault. */
    public Kind kind() {
        return kind;
    }

    /** What a person should do. */
    public String remedy() {
        return switch (kind) {
            case NOT_INSTALLED -> "apply the bundle's crds/ first";
            case NOT_ALLOWED ->
                "give the agent's ServiceAccount the rules of the bundle's ClusterRole plexd, or do what the policy says that is named";
            case REFUSED -> "do what the message says, or compare the installed CRD with the bundle's crds/";
            case UNAVAILABLE -> "nothing, it is tried again";
        };
    }

    private static String detail(KubernetesClientException exception) {
        var status = exception.getStatus();
        if (status != null && status.getMessage() != null) {
            return status.getMessage();
        }
        return exception.getCause() == null
                ? exception.toString()
                : exception.getCause().toString();
    }

    private static Optional<KubernetesClientException> clientException(@Nullable Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException exception) {
                return Optional.of(exception);
            }
        }
        return Optional.empty();
    }
}
