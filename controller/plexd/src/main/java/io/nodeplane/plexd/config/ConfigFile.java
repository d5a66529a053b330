package io.nodeplane.plexd.config;

import io.nodeplane.runtime.config.ConfigException;
import io.nodeplane.runtime.config.ConfigNode;
import io.nodeplane.runtime.config.ConfigReader;
import io.nodeplane.runtime.config.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One reading of the configuration.
 *
 * @param warnings sentences about what was ignored or looks dangerous
 */
public record ConfigFile(PlexdConfig config, List<String> warnings) {
    /** Where the file is when nobody says otherwise (protocol facts 1.1). */
    public static final Path DEFAULT_PATH = Path.of("/etc/plexd/config.yaml");

    public ConfigFile {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the file with variables and flags laid over it.
     *
     * <p>A missing file is allowed: then {@code api.base_url} must come from elsewhere.
     *
     * @throws ConfigException with every fault at once
     */
    public static ConfigFile load(
            Path path, Map<String, String> variables, Map<String, String> flags, Surroundings surroundings)
            throws ConfigException {
        var warnings = new ArrayList<String>();
        var file = YamlFile.read(path);
        if (file.isEmpty()) {
            warnings.add("config file not found: " + path);
        }
        var content = file.orElseGet(() -> new ConfigNode.Mapping(Map.of(), 0));
        var config = PlexdConfig.from(new ConfigReader.Input(path.toString(), content, variables, flags), surroundings);
        warnings.addAll(PlexdKeys.all().unknown(path.toString(), content));
        warnings.addAll(dangers(config));
        return new ConfigFile(config, warnings);
    }

    private static List<String> dangers(PlexdConfig config) {
        var dangers = new ArrayList<String>();
        if (config.api().tlsInsecureSkipVerify()) {
            dangers.add(
                    "api.tls_insecure_skip_verify is true: anybody on the way can read and change what the control plane says");
        }
        var nodeApi = config.nodeApi();
        if (nodeApi.httpEnabled() && !isLoopback(nodeApi.httpListen().getHostString())) {
            dangers.add("node_api.http_listen is not on the loopback device: bearers and secrets travel in clear");
        }
        if (config.mode().equals("bridge")) {
            dangers.add("mode bridge is not supported yet: the agent acts as node");
        }
        var printed = config.printed();
        if (printed.containsKey("registration.project_id") != printed.containsKey("registration.resource_handle")) {
            dangers.add("only one of registration.project_id and registration.resource_handle is set:"
                    + " without both api.contract auto means "
                    + config.contract().wire().word());
        }
        return dangers;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }
}
