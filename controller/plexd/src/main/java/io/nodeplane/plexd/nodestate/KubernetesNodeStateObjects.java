package io.nodeplane.plexd.nodestate;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.nodestate.NodeStateObserved.SecretRecord;
import java.util.Optional;

/** PlexdNodeStates of the API server: an informer with a field selector for one name, and server-side apply. */
final class KubernetesNodeStateObjects implements NodeStateObjects {
    /** Owner of our fields in {@code managedFields}. */
    private static final String FIELD_MANAGER = "plexd";
    /** Owner of the record of Secrets, which is written at other times: an apply drops what its manager leaves out. */
    private static final String SECRETS_FIELD_MANAGER = "plexd-secrets";

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

    @Override
    public void record(String name, SecretRecord record) throws ClusterFault {
        try {
            client.resource(NodeStateObject.from(name, record, namespace))
                    .fieldManager(SECRETS_FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException refused) {
            throw fault("write secretRefs of", name, refused);
        }
    }

    @Override
    public void delete(String name) throws ClusterFault {
        try {
            named(name).delete();
        } catch (KubernetesClientException refused) {
            throw fault("delete", name, refused);
        }
    }

    private Resource<PlexdNodeState> named(String name) {
        return client.resources(PlexdNodeState.class).inNamespace(namespace).withName(name);
    }

    private ClusterFault fault(String verb, String name, Throwable cause) {
        return ClusterFault.of(verb, "PlexdNodeState " + namespace + "/" + name, cause);
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
