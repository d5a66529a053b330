package io.nodeplane.plexd.config;

import io.nodeplane.runtime.config.ConfigKey;
import io.nodeplane.runtime.config.ConfigType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Documented keys whose feature this agent does not have yet: a file that was written for another agent of the protocol
 * loads without a warning, and a wrong value in it is still told (protocol facts 1.2 and 1.4).
 */
final class ReservedKeys {
    private static final List<String> STUN_SERVERS = List.of("stun.l.google.com:19302", "stun.cloudflare.com:3478");

    static final List<ConfigKey<?>> ALL = Stream.of(
                    contract(), nodeApi(), upgrade(), mesh("nat"), mesh("peer_exchange"), wireguard(), tunnel())
            .flatMap(List::stream)
            .<ConfigKey<?>>map(ConfigKey::withoutEffect)
            .toList();

    private ReservedKeys() {}

    private static List<ConfigKey<?>> contract() {
        return List.of(
                // The id that registration gives takes its place.
                text("heartbeat.node_id"), ConfigKey.without("bridge", ConfigType.SECTION, "off", ""));
    }

    private static List<ConfigKey<?>> nodeApi() {
        // The data directory is one for the whole agent.
        return List.of(path("node_api.data_dir"));
    }

    private static List<ConfigKey<?>> upgrade() {
        return List.of(
                ConfigKey.without("upgrade.release_base_url", ConfigType.HTTP_URL, "", ""),
                text("upgrade.signing_identity_regexp"),
                text("upgrade.signing_issuer"),
                path("upgrade.trusted_root_path"));
    }

    private static List<ConfigKey<?>> mesh(String section) {
        return List.of(
                truth(section + ".enabled", true),
                ConfigKey.of(section + ".stun_servers", ConfigType.TEXTS, STUN_SERVERS, "")
                        .where("not empty", servers -> !servers.isEmpty()),
                atLeast(section + ".refresh_interval", 60, 10),
                positive(section + ".timeout", 5),
                positive(section + ".min_report_interval", 10));
    }

    private static List<ConfigKey<?>> wireguard() {
        return List.of(
                ConfigKey.of("wireguard.interface_name", ConfigType.TEXT, "plexd0", ""),
                ConfigKey.of("wireguard.listen_port", ConfigType.WHOLE_NUMBER, 51_820, "")
                        .where("1 to 65535", port -> port >= 1 && port <= 65_535),
                ConfigKey.atLeast("wireguard.mtu", 0, 0, ""),
                truth("policy.enabled", true).fromVariable("PLEXD_POLICY_ENABLED"),
                ConfigKey.of("policy.chain_name", ConfigType.TEXT, "plexd-mesh", ""));
    }

    private static List<ConfigKey<?>> tunnel() {
        return List.of(
                truth("tunnel.enabled", true),
                ConfigKey.atLeast("tunnel.max_sessions", 10, 1, ""),
                atLeast("tunnel.default_timeout", 1_800, 60),
                text("tunnel.ssh_listen_addr"),
                path("tunnel.host_key_dir"));
    }

    private static ConfigKey<String> text(String path) {
        return ConfigKey.without(path, ConfigType.TEXT, "", "");
    }

    private static ConfigKey<Path> path(String path) {
        return ConfigKey.without(path, ConfigType.PATH, "", "");
    }

    private static ConfigKey<Boolean> truth(String path, boolean fallback) {
        return ConfigKey.of(path, ConfigType.BOOLEAN, fallback, "");
    }

    private static ConfigKey<Duration> atLeast(String path, int seconds, int least) {
        return ConfigKey.atLeast(path, Duration.ofSeconds(seconds), Duration.ofSeconds(least), "");
    }

    private static ConfigKey<Duration> positive(String path, int seconds) {
        return ConfigKey.of(path, ConfigType.DURATION, Duration.ofSeconds(seconds), "")
                .where("more than 0", Duration::isPositive);
    }
}
