package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.runtime.config.ConfigException;
import io.nodeplane.runtime.config.ConfigReader;
import io.nodeplane.runtime.config.YamlFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where the agent looks for its API server and with what, and what it does when its node leaves (seed "Kubernetes
 * DaemonSet Deployment Reference").
 */
class ClusterPartsTest {
    @ParameterizedTest
    @CsvSource({"10.96.0.1, 6443, https://10.96.0.1:6443", "fd00::1, 443, https://[fd00::1]:443"})
    void asksTheServerOfThePod(String host, String port, String server) throws ConfigException {
        var variables = Map.of("KUBERNETES_SERVICE_HOST", host, "KUBERNETES_SERVICE_PORT", port);

        assertEquals(
                new ClusterParts.Reached(
                        server,
                        Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token"),
                        Path.of("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt")),
                ClusterParts.reached(config("enabled: true, namespace: mesh"), variables)
                        .orElseThrow());
    }

    @Test
    void asksNobodyOutsideAPodOrWhenSwitchedOff() throws ConfigException {
        assertTrue(ClusterParts.reached(config("enabled: true, namespace: mesh"), Map.of())
                .isEmpty());
        assertTrue(ClusterParts.reached(config("enabled: false"), Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1"))
                .isEmpty());
    }

    @Test
    void withdrawsTheNodeStateOnlyWhenTheNodeLeaves() {
        var withdrawals = new AtomicInteger();
        var signals = new Signals();
        var leaving = new ClusterParts.LeavingPart(withdrawals::incrementAndGet, signals);

        leaving.close();
        assertEquals(0, withdrawals.get(), "a stop is no farewell");

        signals.leave(false);
        leaving.close();
        assertEquals(1, withdrawals.get());
    }

    private static PlexdConfig config(String section) throws ConfigException {
        var yaml = "api: {base_url: 'http://c'}\nkubernetes: {" + section + "}\n";
        var file = YamlFile.parse("c.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        return PlexdConfig.from(
                new ConfigReader.Input("c.yaml", file, Map.of(), Map.of()),
                new Surroundings(Optional.empty(), "machine"));
    }
}
