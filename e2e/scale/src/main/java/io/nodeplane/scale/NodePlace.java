package io.nodeplane.scale;

import io.nodeplane.plexd.config.ConfigFile;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.plexd.environment.KubernetesEnvironment;
import io.nodeplane.runtime.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a node has for its agent: a directory that outlives pods, a configuration, a mounted service account.
 *
 * @param node its name
 * @param directory short, because a socket's path has at most 107 bytes
 */
record NodePlace(String node, Path directory) {
    /** Makes the directory with the configuration; a second time it changes nothing. */
    static NodePlace make(Path parent, String node, URI controlPlane) throws IOException {
        var directory = parent.resolve(node);
        Files.createDirectories(directory.resolve("account"));
        // The program that is compared with its baseline is one small file: a thousand agents that read the same jars
        // on two cores would
        // measure the reading.
        var program = Files.writeString(directory.resolve("program"), "plexd");
        Files.writeString(directory.resolve("config.yaml"), """
                api:
                  base_url: %1$s
                data_dir: %2$s/data
                node_api:
                  socket_path: %2$s/api.sock
                health:
                  enabled: false
                kubernetes:
                  token_path: %2$s/account/token
                  audit_log_path: %2$s/audit.log
                actions:
                  hooks_dir: %2$s/hooks
                integrity:
                  binary_path: %3$s
                """.formatted(controlPlane, directory, program));
        return new NodePlace(node, directory);
    }

    /** Mounts the service account as the kubelet does. */
    void mount(String token, String certificates) throws IOException {
        Files.writeString(account().resolve("token"), token);
        Files.writeString(account().resolve("ca.crt"), certificates);
        Files.writeString(account().resolve("namespace"), Settings.NAMESPACE);
    }

    /** Whether its agent has got an identity. */
    boolean isRegistered() {
        return Files.exists(directory.resolve("data/identity.json"));
    }

    /** The environment of the pod's container. */
    Map<String, String> variables(URI apiServer) {
        return Map.of(
                "KUBERNETES_SERVICE_HOST",
                apiServer.getHost(),
                "KUBERNETES_SERVICE_PORT",
                String.valueOf(apiServer.getPort()),
                "MY_NODE_NAME",
                node,
                "HOSTNAME",
                node,
                "PLEXD_BOOTSTRAP_TOKEN",
                "scale");
    }

    Surroundings surroundings(Map<String, String> variables) {
        return new Surroundings(KubernetesEnvironment.detect(variables, account()), node);
    }

    ConfigFile config(Map<String, String> variables) throws ConfigException {
        return ConfigFile.load(directory.resolve("config.yaml"), variables, Map.of(), surroundings(variables));
    }

    private Path account() {
        return directory.resolve("account");
    }
}
