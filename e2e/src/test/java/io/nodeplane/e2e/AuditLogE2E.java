package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the API server audits arrives at the control plane (seed "K8sAuditLogReader", seed "Kubernetes E2E Test"). */
@ExtendWith(OnCluster.class)
class AuditLogE2E {
    @Test
    void aPodMadeByTheTestIsAudited(Cluster cluster) throws Exception {
        var name = "audited-" + UUID.randomUUID();
        // Bound to no node: it never runs, the event of its creation is what counts.
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("none")
                .addNewContainer()
                .withName("pause")
                .withImage("registry.k8s.io/pause:3.10")
                .endContainer()
                .endSpec()
                .build();
        var created = cluster.client()
                .pods()
                .inNamespace(Cluster.NAMESPACE)
                .resource(pod)
                .create();
        try {
            Eventually.within(Duration.ofSeconds(60), () -> {
                var found = cluster.mock().records("audit", "pods/" + name).toString();
                if (!found.contains("k8s-audit") || !found.contains("create")) {
                    throw new AssertionError("no audit event for " + name + ": " + found);
                }
            });
        } finally {
            cluster.client().resource(created).withGracePeriod(0).delete();
        }
        assertEquals("[]", cluster.mock().refusals().toString());
    }
}
