package io.nodeplane.plexd.hooks;

import com.plexsphere.plexd.v1alpha1.PlexdHook;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.cluster.ObjectName;
import io.nodeplane.plexd.hooks.HookStatus.NodeResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PlexdHooks of the API server: two informers with field selectors, and server-side apply of the status.
 *
 * <p>One informer for the hooks of the node, one for those of no certain node without a Job. So a node hears nothing of
 * other nodes' hooks, and of a hook for all nodes only its beginning, not the thousand results.
 */
final class KubernetesHookObjects implements HookObjects, HookList {
    /** Owner of what belongs to a hook as a whole, the same for all agents. */
    private static final String FIELD_MANAGER = "plexd-hooks";
    /** Owner of the results of a hook with many nodes. */
    private static final String CROWD_MANAGER = "plexd-hooks-results";
    /** The API server's limit for the name of a field manager. */
    private static final int MAX_FIELD_MANAGER = 128;

    /** Hooks that are read for one node's declaration, which takes 128 of them; the API server hands them out by name. */
    private static final long MAX_LISTED = 256;

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private static final String NODE = "spec.nodeName";
    private static final String JOB = "status.jobName";
    private static final String PHASE = "status.phase";

    private final KubernetesClient client;
    private final String namespace;

    KubernetesHookObjects(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public Watch watch(String node, Listener listener) {
        var own = informer(hooks().withField(NODE, node), listener);
        var fresh = informer(hooks().withFields(Map.of(NODE, "", JOB, "")), listener);
        return () -> {
            own.close();
            fresh.close();
        };
    }

    @Override
    public Optional<HookObserved> find(String name) throws ClusterFault {
        try {
            return Optional.ofNullable(hooks().withName(name).get()).flatMap(HookObject::ifWhole);
        } catch (KubernetesClientException refused) {
            throw fault("read", name, refused);
        }
    }

    @Override
    public Optional<HookObserved> find(String name, String version) throws ClusterFault {
        try {
            var path = "/apis/plexd.plexsphere.com/v1alpha1/namespaces/" + namespace + "/plexdhooks/" + name;
            return Optional.ofNullable(client.raw(path + "?resourceVersion=" + version))
                    .map(text -> client.getKubernetesSerialization().unmarshal(text, PlexdHook.class))
                    .flatMap(HookObject::ifWhole);
        } catch (KubernetesClientException refused) {
            throw fault("read", name, refused);
        }
    }

    @Override
    public List<HookObserved> underWay() throws ClusterFault {
        try {
            return hooks()
                    .withField(NODE, "")
                    .withoutField(JOB, "")
                    .withoutField(PHASE, "Succeeded")
                    .withoutField(PHASE, "Failed")
                    .list()
                    .getItems()
                    .stream()
                    .flatMap(hook -> HookObject.ifWhole(hook).stream())
                    .toList();
        } catch (KubernetesClientException refused) {
            throw fault("list", "*", refused);
        }
    }

    @Override
    public List<HookObserved> forNode(String node) throws ClusterFault {
        try {
            var one = new ListOptionsBuilder().withLimit(MAX_LISTED).build();
            return Stream.of(node, "")
                    .flatMap(name -> hooks().withField(NODE, name).list(one).getItems().stream())
                    .flatMap(hook -> HookObject.ifWhole(hook).stream())
                    .toList();
        } catch (KubernetesClientException refused) {
            throw fault("list", "*", refused);
        }
    }

    @Override
    public Optional<HookObserved> writeStatus(HookObserved seen, HookStatus status) throws ClusterFault {
        return apply(HookObject.withStatus(seen, status, namespace), FIELD_MANAGER, true);
    }

    @Override
    public Optional<HookObserved> writeResult(HookObserved seen, NodeResult result) throws ClusterFault {
        if (HookPlan.tellsEndsOnly(seen.status().nodes().size())) {
            // A thousand managers cost the server seconds for each write, and half of the object.
            return patch(seen, result);
        }
        // A manager of its own for each node: an apply takes away what its manager owned and no longer says.
        var manager = ObjectName.fitted(FIELD_MANAGER + "-" + result.node(), MAX_FIELD_MANAGER);
        return apply(HookObject.withResult(seen, result, namespace), manager, false);
    }

    private Optional<HookObserved> patch(HookObserved seen, NodeResult result) throws ClusterFault {
        try {
            var json = new PatchContext.Builder()
                    .withPatchType(PatchType.JSON)
                    .withFieldManager(CROWD_MANAGER)
                    .build();
            var patch = client.getKubernetesSerialization().asJson(HookObject.resultPatch(seen, result));
            var written = hooks().withName(seen.name()).subresource("status").patch(json, patch);
            return Optional.of(HookObject.observed(written));
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw fault("write", seen.name(), refused);
        }
    }

    private Optional<HookObserved> apply(PlexdHook object, String manager, boolean conditional) throws ClusterFault {
        try {
            // Force: what the status says about the hook is the agents' alone.
            var apply = new PatchContext.Builder()
                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                    .withFieldManager(manager)
                    .withForce(true)
                    .build();
            var written = client.resource(object).subresource("status").patch(apply, object);
            return Optional.of(HookObject.observed(written));
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == NOT_FOUND || (conditional && refused.getCode() == CONFLICT)) {
                return Optional.empty();
            }
            throw fault("write", object.getMetadata().getName(), refused);
        }
    }

    private NonNamespaceOperation<PlexdHook, KubernetesResourceList<PlexdHook>, Resource<PlexdHook>> hooks() {
        return client.resources(PlexdHook.class).inNamespace(namespace);
    }

    private SharedIndexInformer<PlexdHook> informer(
            FilterWatchListDeletable<PlexdHook, KubernetesResourceList<PlexdHook>, Resource<PlexdHook>> selected,
            Listener listener) {
        // The informer lists again after a closed or expired (410) watch, and after a failed start because of the
        // handler.
        var informer = selected.runnableInformer(0);
        informer.exceptionHandler((started, cause) -> {
            listener.broken(fault("watch", "*", cause));
            return true;
        });
        informer.addEventHandler(new Forwarding(listener));
        informer.start();
        return informer;
    }

    private ClusterFault fault(String verb, String name, Throwable cause) {
        return ClusterFault.of(verb, "PlexdHook " + namespace + "/" + name, cause);
    }

    /** Tells the listener what is there now, whatever the kind of event. */
    private record Forwarding(Listener listener) implements ResourceEventHandler<PlexdHook> {
        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            listener.listed();
        }

        @Override
        public void onAdd(PlexdHook added) {
            HookObject.ifWhole(added).ifPresent(listener::changed);
        }

        @Override
        public void onUpdate(PlexdHook before, PlexdHook after) {
            HookObject.ifWhole(after).ifPresent(listener::changed);
        }

        @Override
        public void onDelete(PlexdHook deleted, boolean stateIsUnknown) {
            HookObject.ifWhole(deleted).ifPresent(listener::left);
        }
    }
}
