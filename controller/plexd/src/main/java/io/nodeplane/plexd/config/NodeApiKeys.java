package io.nodeplane.plexd.config;

import io.nodeplane.plexd.nodeapi.NodeApiConfig;
import io.nodeplane.runtime.config.ConfigKey;
import io.nodeplane.runtime.config.ConfigReader;
import io.nodeplane.runtime.config.ConfigType;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The keys of {@code node_api} (protocol facts 1.2). */
final class NodeApiKeys {
    /** Size of {@code sun_path}, with its closing zero; see unix(7). */
    private static final int MAX_SOCKET_PATH = 107;

    private static final ConfigKey<Path> SOCKET_PATH = ConfigKey.of(
                    "node_api.socket_path",
                    ConfigType.PATH,
                    Path.of("/var/run/plexd/api.sock"),
                    "unix socket of the node API, which the other commands ask")
            .where(
                    "at most " + MAX_SOCKET_PATH + " bytes",
                    path -> path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH)
            .fromVariable("PLEXD_NODE_API_SOCKET")
            .fromFlag("--socket");
    private static final ConfigKey<Boolean> HTTP_ENABLED = ConfigKey.of(
                    "node_api.http_enabled", ConfigType.BOOLEAN, false, "serve the node API over TCP too")
            .fromVariable("PLEXD_NODE_API_HTTP_ENABLED");
    private static final ConfigKey<InetSocketAddress> HTTP_LISTEN = ConfigKey.of(
                    "node_api.http_listen",
                    ConfigType.HOST_PORT,
                    InetSocketAddress.createUnresolved("127.0.0.1", 9100),
                    "where; bearers travel in clear, so loopback")
            .fromVariable("PLEXD_NODE_API_HTTP_LISTEN");
    private static final ConfigKey<Path> HTTP_TOKEN_FILE = ConfigKey.without(
            "node_api.http_token_file",
            ConfigType.PATH,
            "none",
            "holds the bearer of TCP callers, who may do everything; needed with TCP outside Kubernetes");
    private static final ConfigKey<List<String>> HTTP_AUDIENCES = ConfigKey.of(
            "node_api.http_audiences",
            ConfigType.TEXTS,
            List.of(),
            "one of them must be a service-account token's; none means tokens for the API server");
    private static final ConfigKey<Duration> DEBOUNCE_PERIOD = moreThanZero(
            "node_api.debounce_period", "from the first change of a report over the node API to its delivery");
    private static final ConfigKey<Duration> SHUTDOWN_TIMEOUT =
            moreThanZero("node_api.shutdown_timeout", "for requests under way at the stop");

    static final List<ConfigKey<?>> ALL = List.of(
            SOCKET_PATH, HTTP_ENABLED, HTTP_LISTEN, HTTP_TOKEN_FILE, HTTP_AUDIENCES, DEBOUNCE_PERIOD, SHUTDOWN_TIMEOUT);

    private NodeApiKeys() {}

    /**
     * Reads and checks.
     *
     * @param inKubernetes an API server can be asked for the tokens of callers
     */
    static NodeApiConfig read(ConfigReader reader, boolean inKubernetes) {
        var httpEnabled = reader.get(HTTP_ENABLED);
        var tokenFile = reader.find(HTTP_TOKEN_FILE);
        if (httpEnabled && tokenFile.isEmpty() && !inKubernetes && !reader.isFaulty(HTTP_TOKEN_FILE)) {
            reader.fault(
                    HTTP_TOKEN_FILE,
                    "nothing",
                    "a path, because " + HTTP_ENABLED.path() + " is true and there is no API server to ask for tokens");
        }
        return new NodeApiConfig(
                reader.get(SOCKET_PATH),
                httpEnabled,
                reader.get(HTTP_LISTEN),
                tokenFile,
                reader.get(HTTP_AUDIENCES),
                reader.get(DEBOUNCE_PERIOD),
                reader.get(SHUTDOWN_TIMEOUT));
    }

    private static ConfigKey<Duration> moreThanZero(String path, String description) {
        return ConfigKey.of(path, ConfigType.DURATION, Duration.ofSeconds(5), description)
                .where("more than 0", Duration::isPositive);
    }
}
