package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The control plane is cut off for two minutes; nothing is lost. */
@ExtendWith(OnCluster.class)
class OutageE2E {
    private static final Duration OUTAGE = Duration.ofMinutes(2);

    @Test
    void everyAuditEventOfTheOutageArrives(Cluster cluster) throws Exception {
        cluster.mock().tally("outage", "audit", "configmaps/outage-(\\d+)");
        var registrations = cluster.mock().count("registration_count");
        var heartbeats = cluster.mock().count("heartbeat_count");
        cluster.mock().outage(OUTAGE);

        var acts = act(cluster, Instant.now().plus(OUTAGE));

        Eventually.within(Duration.ofSeconds(90), () -> {
            var tally = cluster.mock().tally("outage");
            assertEquals(acts, tally.path("distinct").asInt(), "numbers that arrived: " + tally);
        });
        Eventually.within(Duration.ofSeconds(90), () -> {
            if (cluster.mock().count("heartbeat_count") <= heartbeats) {
                throw new AssertionError("heartbeats did not come back");
            }
        });
        assertEquals(registrations, cluster.mock().count("registration_count"), "registered again");
        for (var node : cluster.nodeNames()) {
            cluster.awaitReady(node);
        }
    }

    /** One audited act a second, numbered from 0; how many there were. */
    private static int act(Cluster cluster, Instant end) throws InterruptedException {
        var number = 0;
        while (Instant.now().isBefore(end)) {
            var map = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName("outage-" + number++)
                    .endMetadata()
                    .build();
            var made = cluster.client()
                    .configMaps()
                    .inNamespace(Cluster.NAMESPACE)
                    .resource(map)
                    .create();
            cluster.client().resource(made).delete();
            Thread.sleep(Duration.ofSeconds(1));
        }
        return number;
    }
}
