package io.nodeplane.plexd.config;

import io.nodeplane.plexd.logs.Severity;
import io.nodeplane.runtime.config.ConfigKey;
import io.nodeplane.runtime.config.ConfigKeys;
import io.nodeplane.runtime.config.ConfigType;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every key that has an effect, each declared once (protocol facts 1.2 and 1.4; seed "Kubernetes DaemonSet", Config). */
public final class PlexdKeys {
    static final ConfigKey<String> MODE = ConfigKey.of(
                    "mode",
                    ConfigType.oneOf(words("node", "bridge")),
                    "node",
                    "what the agent is; bridge is accepted and acts as node so far")
            .fromVariable("PLEXD_MODE")
            .fromFlag("--mode");
    static final ConfigKey<String> LOG_LEVEL = ConfigKey.of(
                    "log_level", ConfigType.TEXT, "info", "debug, info, warn or error; anything else acts as info")
            .fromVariable("PLEXD_LOG_LEVEL")
            .fromFlag("--log-level");
    static final ConfigKey<Path> DATA_DIR = ConfigKey.without(
                    "data_dir",
                    ConfigType.PATH,
                    "`/var/lib/plexd`",
                    "identity, spools, caches; overrides `registration.data_dir` and `node_api.data_dir`")
            .fromVariable("PLEXD_DATA_DIR")
            .fromFlag("--data-dir");

    static final ConfigKey<URI> API_BASE_URL = ConfigKey.without(
                    "api.base_url", ConfigType.HTTP_URL, "required", "the control plane")
            .fromVariable("PLEXD_API")
            .fromFlag("--api");
    static final ConfigKey<Boolean> API_SKIP_VERIFY = ConfigKey.of(
            "api.tls_insecure_skip_verify", ConfigType.BOOLEAN, false, "accept any certificate; told loudly at start");
    static final ConfigKey<Duration> API_CONNECT_TIMEOUT = moreThanZero("api.connect_timeout", 10, "of a connection");
    static final ConfigKey<Duration> API_REQUEST_TIMEOUT =
            moreThanZero("api.request_timeout", 30, "of a whole request; never of the event stream");
    static final ConfigKey<Duration> API_SSE_IDLE_TIMEOUT =
            moreThanZero("api.sse_idle_timeout", 90, "silence after which the event stream counts as dead");

    static final ConfigKey<Path> REGISTRATION_DATA_DIR = ConfigKey.without(
            "registration.data_dir", ConfigType.PATH, "`data_dir`", "older name of `data_dir`, which wins");
    static final ConfigKey<Path> TOKEN_FILE = ConfigKey.of(
                    "registration.token_file",
                    ConfigType.PATH,
                    Path.of("/etc/plexd/bootstrap-token"),
                    "second token source; deleted after registration where that is possible")
            .fromVariable("PLEXD_BOOTSTRAP_TOKEN_FILE");
    static final ConfigKey<String> TOKEN_ENV = ConfigKey.of(
            "registration.token_env",
            ConfigType.TEXT,
            "PLEXD_BOOTSTRAP_TOKEN",
            "third token source: name of the variable that holds the token");
    static final ConfigKey<String> TOKEN_VALUE = ConfigKey.without(
                    "registration.token_value", ConfigType.TEXT, "none", "first token source: the token itself")
            .masked();
    static final ConfigKey<Boolean> USE_METADATA = ConfigKey.of(
            "registration.use_metadata",
            ConfigType.BOOLEAN,
            false,
            "fourth token source: the cloud's instance metadata service");
    static final ConfigKey<String> METADATA_TOKEN_PATH = ConfigKey.of(
                    "registration.metadata_token_path",
                    ConfigType.TEXT,
                    "/plexd/bootstrap-token",
                    "path of the token in the instance metadata service")
            .where("beginning with /", path -> path.startsWith("/"));
    static final ConfigKey<Duration> METADATA_TIMEOUT =
            moreThanZero("registration.metadata_timeout", 2, "of each request to the instance metadata service");
    static final ConfigKey<String> HOSTNAME = ConfigKey.without(
                    "registration.hostname",
                    ConfigType.TEXT,
                    "host name of the machine",
                    "name told at registration; in a pod `MY_NODE_NAME` wins, because one file serves all nodes")
            .where("not blank", name -> !name.isBlank());
    static final ConfigKey<Map<String, String>> METADATA =
            ConfigKey.of("registration.metadata", ConfigType.LABELS, Map.of(), "labels told at registration");
    static final ConfigKey<Duration> MAX_RETRY_DURATION = moreThanZero(
            "registration.max_retry_duration", 300, "how long registration is tried before the agent ends");

    static final ConfigKey<Duration> HEARTBEAT_INTERVAL = ConfigKey.atLeast(
            "heartbeat.interval", Duration.ofSeconds(30), Duration.ofSeconds(1), "time between heartbeats");
    static final ConfigKey<Duration> RECONCILE_INTERVAL = ConfigKey.atLeast(
            "reconcile.interval", Duration.ofSeconds(60), Duration.ofSeconds(1), "time between state pulls");

    static final PipelineKeys METRICS = PipelineKeys.of("metrics", "metrics", rhythm(15, 5, 60, 10, 100));
    static final PipelineKeys LOGS = PipelineKeys.of("log_fwd", "logs", rhythm(10, 5, 30, 5, 200));
    static final PipelineKeys AUDIT = PipelineKeys.of("audit_fwd", "audit records", rhythm(5, 1, 15, 1, 500));
    static final ConfigKey<List<String>> LOG_FILE_PATTERNS = ConfigKey.of(
            "log_fwd.file_patterns", ConfigType.TEXTS, List.of(), "files to follow, globs of absolute paths");
    static final ConfigKey<Severity> LOG_MIN_SEVERITY = ConfigKey.of(
            "log_fwd.filter.min_severity",
            ConfigType.oneOf(severities()),
            Severity.DEBUG,
            "less severe records are not sent");
    static final ConfigKey<List<String>> LOG_INCLUDE_UNITS =
            ConfigKey.of("log_fwd.filter.include_units", ConfigType.TEXTS, List.of(), "units to send; none means all");
    static final ConfigKey<List<String>> LOG_EXCLUDE_UNITS = ConfigKey.of(
            "log_fwd.filter.exclude_units", ConfigType.TEXTS, List.of(), "units not to send; wins over include");

    static final ConfigKey<Boolean> HEALTH_ENABLED = ConfigKey.of(
                    "health.enabled", ConfigType.BOOLEAN, true, "serve /healthz, /readyz, /metrics and /status")
            .fromVariable("PLEXD_HEALTH_ENABLED");
    static final ConfigKey<InetSocketAddress> HEALTH_LISTEN = ConfigKey.of(
                    "health.listen",
                    ConfigType.HOST_PORT,
                    InetSocketAddress.createUnresolved("127.0.0.1", 9101),
                    "where; loopback, because nothing there asks who is calling")
            .fromVariable("PLEXD_HEALTH_LISTEN");

    static final ConfigKey<Boolean> KUBERNETES_ENABLED = ConfigKey.without(
            "kubernetes.enabled",
            ConfigType.BOOLEAN,
            "true inside a pod",
            "Kubernetes integration; false wins in a pod too");
    static final ConfigKey<Boolean> KUBERNETES_CRD_ENABLED = ConfigKey.without(
            "kubernetes.crd_enabled", ConfigType.BOOLEAN, "as `kubernetes.enabled`", "keep this node's PlexdNodeState");
    static final ConfigKey<String> KUBERNETES_NAMESPACE =
            ConfigKey.without("kubernetes.namespace", ConfigType.TEXT, "the pod's", "namespace of the PlexdNodeState");
    static final ConfigKey<Path> KUBERNETES_AUDIT_LOG_PATH = ConfigKey.of(
            "kubernetes.audit_log_path",
            ConfigType.PATH,
            Path.of("/var/log/kubernetes/audit/audit.log"),
            "JSON lines written by the API server");
    static final ConfigKey<Duration> KUBERNETES_CRD_SYNC_INTERVAL = ConfigKey.atLeast(
            "kubernetes.crd_sync_interval",
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            "time between comparisons of the PlexdNodeState with the node");
    static final ConfigKey<Path> KUBERNETES_TOKEN_PATH = ConfigKey.of(
            "kubernetes.token_path",
            ConfigType.PATH,
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token"),
            "service-account token, read again at each use");
    static final ConfigKey<Boolean> KUBERNETES_PLAIN_SECRETS = ConfigKey.of(
            "kubernetes.plain_secrets",
            ConfigType.BOOLEAN,
            false,
            "let the Secrets of `kubernetes.plain_secret_keys` hold plain text; all others hold ciphertext that only this node can open");
    static final ConfigKey<List<String>> KUBERNETES_PLAIN_SECRET_KEYS = ConfigKey.of(
            "kubernetes.plain_secret_keys",
            ConfigType.TEXTS,
            List.of(),
            "names of secrets of the control plane; without effect while `kubernetes.plain_secrets` is off");

    private PlexdKeys() {}

    /** The keys above and those of {@link ReservedKeys}. */
    public static ConfigKeys all() {
        var keys = new ArrayList<ConfigKey<?>>(List.of(
                MODE,
                LOG_LEVEL,
                DATA_DIR,
                API_BASE_URL,
                API_SKIP_VERIFY,
                API_CONNECT_TIMEOUT,
                API_REQUEST_TIMEOUT,
                API_SSE_IDLE_TIMEOUT,
                TOKEN_VALUE,
                TOKEN_FILE,
                TOKEN_ENV,
                USE_METADATA,
                METADATA_TOKEN_PATH,
                METADATA_TIMEOUT,
                HOSTNAME,
                METADATA,
                MAX_RETRY_DURATION,
                REGISTRATION_DATA_DIR,
                HEARTBEAT_INTERVAL,
                RECONCILE_INTERVAL));
        keys.addAll(ContractSection.keys());
        keys.addAll(METRICS.all());
        keys.addAll(LOGS.all());
        keys.addAll(List.of(LOG_FILE_PATTERNS, LOG_MIN_SEVERITY, LOG_INCLUDE_UNITS, LOG_EXCLUDE_UNITS));
        keys.addAll(AUDIT.all());
        keys.addAll(List.of(HEALTH_ENABLED, HEALTH_LISTEN));
        keys.addAll(NodeApiKeys.ALL);
        keys.addAll(List.of(
                KUBERNETES_ENABLED,
                KUBERNETES_CRD_ENABLED,
                KUBERNETES_NAMESPACE,
                KUBERNETES_AUDIT_LOG_PATH,
                KUBERNETES_CRD_SYNC_INTERVAL,
                KUBERNETES_TOKEN_PATH,
                KUBERNETES_PLAIN_SECRETS,
                KUBERNETES_PLAIN_SECRET_KEYS));
        keys.addAll(HooksSection.ALL);
        keys.addAll(ActionKeys.ALL);
        keys.addAll(ReservedKeys.ALL);
        return new ConfigKeys(keys);
    }

    private static ConfigKey<Duration> moreThanZero(String path, int seconds, String description) {
        return ConfigKey.of(path, ConfigType.DURATION, Duration.ofSeconds(seconds), description)
                .where("more than 0", Duration::isPositive);
    }

    private static PipelineKeys.Rhythm rhythm(int collect, int leastCollect, int report, int leastReport, int batch) {
        return new PipelineKeys.Rhythm(
                Duration.ofSeconds(collect),
                Duration.ofSeconds(leastCollect),
                Duration.ofSeconds(report),
                Duration.ofSeconds(leastReport),
                batch);
    }

    private static Map<String, String> words(String... words) {
        var map = new LinkedHashMap<String, String>();
        for (var word : words) {
            map.put(word, word);
        }
        return map;
    }

    private static Map<String, Severity> severities() {
        var map = new LinkedHashMap<String, Severity>();
        for (var severity : Severity.values()) {
            map.put(severity.wireName(), severity);
        }
        return map;
    }
}
