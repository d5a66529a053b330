package io.nodeplane.plexd.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.nodeplane.plexd.cluster.ClusterFault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Jobs and pods of the API server as JSON trees, see {@link JobManifest}. */
final class KubernetesHookJobs implements HookJobs {
    private static final ResourceDefinitionContext JOBS = new ResourceDefinitionContext.Builder()
            .withGroup("batch")
            .withVersion("v1")
            .withKind("Job")
            .withPlural("jobs")
            .withNamespaced(true)
            .build();

    private static final int CONFLICT = 409;
    /** Lines of a log in a message; enough for a last word, not for a log. */
    private static final int LAST_LINES = 5;
    /** Bytes of them that are asked for. */
    private static final int LOG_BYTES = 4_096;

    private final KubernetesClient client;
    private final String namespace;
    private final String jobs;
    private final String pods;

    KubernetesHookJobs(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.jobs = "/apis/batch/v1/namespaces/" + namespace + "/jobs";
        this.pods = "/api/v1/namespaces/" + namespace + "/pods";
    }

    @Override
    public HookObjects.Watch watch(String node, Listener listener) {
        var informer = client.genericKubernetesResources(JOBS)
                .inNamespace(namespace)
                .withLabels(JobManifest.selector(node))
                .runnableInformer(0);
        informer.exceptionHandler((started, cause) -> {
            listener.broken(fault("watch", "Job", "*", cause));
            return true;
        });
        informer.addEventHandler(new Forwarding(node, listener));
        informer.start();
        return informer::close;
    }

    @Override
    public Creation create(HookDesired desired) throws ClusterFault {
        try {
            var made = client.raw(jobs, "POST", JobManifest.of(desired));
            return new Creation.Created(JobObject.observed(json(made)));
        } catch (KubernetesClientException refused) {
            var existing = refused.getCode() == CONFLICT ? find(desired.name()) : Optional.<JobObserved>empty();
            if (existing.isPresent()) {
                return new Creation.Exists(existing.get());
            }
            throw fault("create", "Job", desired.name(), refused);
        }
    }

    @Override
    public Optional<JobObserved> find(String name) throws ClusterFault {
        try {
            return Optional.ofNullable(client.raw(jobs + "/" + name)).map(text -> JobObject.observed(json(text)));
        } catch (KubernetesClientException refused) {
            throw fault("read", "Job", name, refused);
        }
    }

    @Override
    public Optional<PodObserved> pod(JobObserved job) throws ClusterFault {
        try {
            var selector = URLEncoder.encode("batch.kubernetes.io/controller-uid=" + job.uid(), StandardCharsets.UTF_8);
            var list = client.raw(pods + "?labelSelector=" + selector);
            return Optional.ofNullable(list)
                    .flatMap(text -> JobObject.newest(json(text)))
                    .map(pod -> JobObject.pod(pod, ended(pod) ? lastLines(pod) : List.of()));
        } catch (KubernetesClientException refused) {
            throw fault("list", "Pods of Job", job.name(), refused);
        }
    }

    private static boolean ended(JsonNode pod) {
        return pod.at("/status/containerStatuses/0/state").has("terminated");
    }

    /** The end of the log; none when it cannot be had, which must not keep the result from being told. */
    private List<String> lastLines(JsonNode pod) {
        try {
            var log = client.raw(pods + "/" + pod.at("/metadata/name").asText() + "/log?tailLines=" + LAST_LINES
                    + "&limitBytes=" + LOG_BYTES);
            return log == null
                    ? List.of()
                    : log.lines().filter(line -> !line.isBlank()).toList();
        } catch (KubernetesClientException unreadable) {
            return List.of();
        }
    }

    private JsonNode json(String text) {
        return client.getKubernetesSerialization().unmarshal(text, JsonNode.class);
    }

    private ClusterFault fault(String verb, String kind, String name, Throwable cause) {
        return ClusterFault.of(verb, kind + " " + namespace + "/" + name, cause);
    }

    /** Tells the listener about the node's Jobs; the label may be a shortened name, so the annotation decides. */
    private final class Forwarding implements ResourceEventHandler<GenericKubernetesResource> {
        private final String node;
        private final Listener listener;

        private Forwarding(String node, Listener listener) {
            this.node = node;
            this.listener = listener;
        }

        @Override
        public void onAdd(GenericKubernetesResource added) {
            ours(added).ifPresent(listener::changed);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            ours(after).ifPresent(listener::changed);
        }

        @Override
        public void onDelete(GenericKubernetesResource deleted, boolean stateIsUnknown) {
            ours(deleted).ifPresent(listener::gone);
        }

        private Optional<JobObserved> ours(GenericKubernetesResource object) {
            var job = JobObject.observed(client.getKubernetesSerialization().convertValue(object, JsonNode.class));
            return Optional.of(job)
                    .filter(found ->
                            found.node().equals(node) && found.ownerKind().equals("PlexdHook"));
        }
    }
}
