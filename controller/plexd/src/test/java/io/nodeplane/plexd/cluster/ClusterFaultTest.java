package io.nodeplane.plexd.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failed call means (seed "KubeClient interface", Sentinel errors). */
class ClusterFaultTest {
    @ParameterizedTest
    @CsvSource({
        "404, NOT_INSTALLED",
        "401, NOT_ALLOWED",
        "403, NOT_ALLOWED",
        "400, REFUSED",
        "413, REFUSED",
        "422, REFUSED",
        "409, UNAVAILABLE",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
    })
    void tellsKindsApartByTheStatus(int status, ClusterFault.Kind kind) {
        var fault = ClusterFault.of("write", "Job a/b", new KubernetesClientException("no", status, null));

        assertEquals(kind, fault.kind());
    }

    @Test
    void findsTheAnswerBehindOtherExceptions() {
        var wrapped = new IllegalStateException(new KubernetesClientException("no", 403, null));

        assertEquals(
                ClusterFault.Kind.NOT_ALLOWED,
                ClusterFault.of("watch", "Jobs", wrapped).kind());
    }

    @Test
    void saysWhatWasTriedAndWhyItFailed() {
        var fault = ClusterFault.of("create", "Job a/b", new ConnectException("Connection refused"));

        assertEquals(ClusterFault.Kind.UNAVAILABLE, fault.kind());
        var message = String.valueOf(fault.getMessage());
        assertTrue(message.startsWith("cannot create Job a/b: ") && message.contains("Connection refused"), message);
    }
}
