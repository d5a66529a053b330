package io.nodeplane.plexd.nodestate;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PlexdNodeStates of the API server: an informer with a field selector for one name, and server-side apply. */
final class KubernetesNodeStateObjects implements NodeStateObjects {
    /** Owner of our fields in {@code managedFields}. */
    private static final String FIELD_MANAGER = "plexd";

    private final KubernetesClient client;
    private final String namespace;

    KubernetesNodeStateObjects(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public Watch watch(String name, Listener listener) {
        // The informer lists again after a closed or expired (410) watch, and after a failed start because of the
        // handler.
        var informer = named(name).runnableInformer(0);
        informer.exceptionHandler((started, cause) -> {
            listener.broken(fault("watch", name, cause));
            return true;
        });
        informer.addEventHandler(new Forwarding(listener));
        informer.start();
        return informer::close;
    }

    @Override
    public NodeStateObserved apply(NodeStateDesired desired) throws ClusterFault {
        try {
            // Force: the agent owns its fields; whoever else wrote them is corrected, which is what a person expects.
            var written = client.resource(NodeStateObject.from(desired, namespace))
                    .fieldManager(FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
            return NodeStateObject.observed(written);
        } catch (KubernetesClientException refused) {
            throw fault("write", desired.name(), refused);
        }
    }

    private Resource<PlexdNodeState> named(String name) {
        return client.resources(PlexdNodeState.class).inNamespace(namespace).withName(name);
    }

    private ClusterFault fault(String verb, String name, Throwable cause) {
        var code =
                clientException(cause).map(KubernetesClientException::getCode).orElse(0);
        var kind = switch (code) {
            case 404 -> ClusterFault.Kind.NOT_INSTALLED;
            case 401, 403 -> ClusterFault.Kind.NOT_ALLOWED;
            case 400, 413, 422 -> ClusterFault.Kind.REFUSED;
            default -> ClusterFault.Kind.UNAVAILABLE;
        };
        var detail =
                clientException(cause).map(KubernetesNodeStateObjects::detail).orElse(cause.toString());
        return new ClusterFault(
                kind, "cannot " + verb + " PlexdNodeState " + namespace + "/" + name + ": " + detail, cause);
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

    /** Tells the listener what is there now, whatever the kind of event. */
    private record Forwarding(Listener listener) implements ResourceEventHandler<PlexdNodeState> {
        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            if (remainedEmpty) {
                listener.changed(Optional.empty());
            }
        }

        @Override
        public void onAdd(PlexdNodeState added) {
            listener.changed(Optional.of(NodeStateObject.observed(added)));
        }

        @Override
        public void onUpdate(PlexdNodeState before, PlexdNodeState after) {
            listener.changed(Optional.of(NodeStateObject.observed(after)));
        }

        @Override
        public void onDelete(PlexdNodeState deleted, boolean stateIsUnknown) {
            listener.changed(Optional.empty());
        }
    }
}
