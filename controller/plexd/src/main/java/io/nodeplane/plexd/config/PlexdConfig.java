package io.nodeplane.plexd.config;

import io.nodeplane.plexd.actions.ActionConfig;
import io.nodeplane.plexd.environment.KubernetesConfig;
import io.nodeplane.plexd.hooks.HooksConfig;
import io.nodeplane.plexd.http.ApiConfig;
import io.nodeplane.plexd.integrity.IntegrityConfig;
import io.nodeplane.plexd.logs.LogsConfig;
import io.nodeplane.plexd.nodeapi.NodeApiConfig;
import io.nodeplane.plexd.pipeline.PipelineConfig;
import io.nodeplane.plexd.registration.RegistrationConfig;
import io.nodeplane.runtime.config.ConfigException;
import io.nodeplane.runtime.config.ConfigReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;

/**
 * The configuration of one start (protocol facts 1; seed "Kubernetes DaemonSet", Config).
 *
 * @param mode what the agent is, as word of the key
 * @param printed every used key with its value, secrets masked, for the start-up line
 */
public record PlexdConfig(
        String mode,
        String logLevel,
        Path dataDir,
        ApiConfig api,
        ContractConfig contract,
        RegistrationConfig registration,
        Duration heartbeatInterval,
        Duration reconcileInterval,
        PipelineConfig metrics,
        LogsConfig logs,
        PipelineConfig audit,
        HealthConfig health,
        NodeApiConfig nodeApi,
        KubernetesConfig kubernetes,
        HooksConfig hooks,
        ActionConfig actions,
        IntegrityConfig integrity,
        Map<String, String> printed) {
    private static final Path DEFAULT_DATA_DIR = Path.of("/var/lib/plexd");
    private static final URI NOWHERE = URI.create("http://nowhere.invalid");

    /**
     * Reads, defaults and checks everything.
     *
     * @throws ConfigException with every fault at once
     */
    public static PlexdConfig from(ConfigReader.Input input, Surroundings surroundings) throws ConfigException {
        var reader = new ConfigReader(input);
        reader.addAll(PlexdKeys.all().misplaced(input.name(), input.file()));
        ReservedKeys.ALL.forEach(reader::check);
        var kubernetes = KubernetesSection.read(reader, surroundings.kubernetes());
        var config = new PlexdConfig(
                reader.get(PlexdKeys.MODE),
                reader.get(PlexdKeys.LOG_LEVEL),
                dataDir(reader),
                api(reader),
                ContractSection.read(reader),
                registration(reader, surroundings),
                reader.get(PlexdKeys.HEARTBEAT_INTERVAL),
                reader.get(PlexdKeys.RECONCILE_INTERVAL),
                PlexdKeys.METRICS.read(reader),
                logs(reader),
                PlexdKeys.AUDIT.read(reader),
                new HealthConfig(reader.get(PlexdKeys.HEALTH_ENABLED), reader.get(PlexdKeys.HEALTH_LISTEN)),
                NodeApiKeys.read(reader, kubernetes.enabled()),
                kubernetes,
                HooksSection.read(reader, kubernetes),
                ActionKeys.actions(reader),
                ActionKeys.integrity(reader),
                reader.effective());
        reader.throwIfFaulty();
        return config;
    }

    private static Path dataDir(ConfigReader reader) {
        var older = reader.find(PlexdKeys.REGISTRATION_DATA_DIR);
        return reader.find(PlexdKeys.DATA_DIR).or(() -> older).orElse(DEFAULT_DATA_DIR);
    }

    private static ApiConfig api(ConfigReader reader) {
        return new ApiConfig(
                reader.require(PlexdKeys.API_BASE_URL, NOWHERE),
                reader.get(PlexdKeys.API_SKIP_VERIFY),
                reader.get(PlexdKeys.API_CONNECT_TIMEOUT),
                reader.get(PlexdKeys.API_REQUEST_TIMEOUT),
                reader.get(PlexdKeys.API_SSE_IDLE_TIMEOUT));
    }

    private static RegistrationConfig registration(ConfigReader reader, Surroundings surroundings) {
        return new RegistrationConfig(
                reader.find(PlexdKeys.TOKEN_VALUE).orElse("").strip(),
                reader.get(PlexdKeys.TOKEN_FILE),
                reader.get(PlexdKeys.TOKEN_ENV),
                reader.get(PlexdKeys.USE_METADATA),
                reader.get(PlexdKeys.METADATA_TOKEN_PATH),
                reader.get(PlexdKeys.METADATA_TIMEOUT),
                hostname(reader, surroundings),
                reader.get(PlexdKeys.METADATA),
                reader.get(PlexdKeys.MAX_RETRY_DURATION));
    }

    /** In a pod the node's name wins: one file serves all nodes of a cluster, and two nodes must not share a name. */
    private static String hostname(ConfigReader reader, Surroundings surroundings) {
        var configured = reader.find(PlexdKeys.HOSTNAME);
        var nodeName = surroundings.kubernetes().map(pod -> pod.nodeName()).filter(name -> !name.isEmpty());
        var hostname = nodeName.or(() -> configured).orElse(surroundings.hostName());
        if (hostname.isBlank() && !reader.isFaulty(PlexdKeys.HOSTNAME)) {
            reader.fault(PlexdKeys.HOSTNAME, "nothing", "a host name, because the machine has none");
        }
        return hostname;
    }

    private static LogsConfig logs(ConfigReader reader) {
        return new LogsConfig(
                PlexdKeys.LOGS.read(reader),
                reader.get(PlexdKeys.LOG_FILE_PATTERNS),
                reader.get(PlexdKeys.LOG_MIN_SEVERITY),
                new HashSet<>(reader.get(PlexdKeys.LOG_INCLUDE_UNITS)),
                new HashSet<>(reader.get(PlexdKeys.LOG_EXCLUDE_UNITS)));
    }
}
