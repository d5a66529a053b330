package io.nodeplane.manifests;

import io.dekorate.kubernetes.annotation.KubernetesApplication;
import io.dekorate.kubernetes.annotation.Port;
import io.dekorate.kubernetes.annotation.Probe;
import io.dekorate.kubernetes.annotation.ResourceRequirements;

/**
 * Deployment and Service of the mock control plane. What Dekorate cannot say stands in
 * {@code kustomize/components/mock-api/kustomization.yaml}. SOURCE: facts 10.5, manifests; seed 004, key files.
 */
@KubernetesApplication(
        name = "mock-api",
        partOf = "plexd-e2e",
        version = "e2e",
        arguments = {"-addr", ":8080"},
        ports = {
            @Port(name = "http", containerPort = 8080, hostPort = 8080),
            @Port(name = "https", containerPort = 8443, hostPort = 8443)
        },
        // Two minutes to start, as the agent has: on a busy machine the liveness probe would kill every start.
        startupProbe =
                @Probe(httpActionPath = "/v1/ping", periodSeconds = 2, timeoutSeconds = 2, failureThreshold = 60),
        readinessProbe =
                @Probe(httpActionPath = "/v1/ping", initialDelaySeconds = 1, periodSeconds = 2, timeoutSeconds = 2),
        livenessProbe =
                @Probe(httpActionPath = "/v1/ping", initialDelaySeconds = 3, periodSeconds = 10, timeoutSeconds = 5),
        requestResources = @ResourceRequirements(cpu = "10m", memory = "128Mi"),
        limitResources = @ResourceRequirements(cpu = "500m", memory = "192Mi"))
final class MockApi {
    private MockApi() {}
}
