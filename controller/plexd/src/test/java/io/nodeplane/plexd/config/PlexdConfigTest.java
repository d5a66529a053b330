package io.nodeplane.plexd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.actions.ActionConfig;
import io.nodeplane.plexd.environment.KubernetesConfig;
import io.nodeplane.plexd.environment.KubernetesEnvironment;
import io.nodeplane.plexd.hooks.HookRules;
import io.nodeplane.plexd.hooks.HooksConfig;
import io.nodeplane.plexd.http.ApiConfig;
import io.nodeplane.plexd.identity.WireContract;
import io.nodeplane.plexd.integrity.IntegrityConfig;
import io.nodeplane.plexd.local.LocalEndpointConfig;
import io.nodeplane.plexd.logs.LogsConfig;
import io.nodeplane.plexd.logs.Severity;
import io.nodeplane.plexd.nodeapi.NodeApiConfig;
import io.nodeplane.plexd.pipeline.PipelineConfig;
import io.nodeplane.plexd.registration.RegistrationConfig;
import io.nodeplane.plexd.registration.ResourceClaim;
import io.nodeplane.runtime.config.ConfigException;
import io.nodeplane.runtime.config.ConfigFault;
import io.nodeplane.runtime.config.ConfigReader;
import io.nodeplane.runtime.config.YamlFile;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Defaults, rules and meaning of every key (seed "Kubernetes DaemonSet Deployment Reference", seed "PlexdHook CRD
 * Reference", seed "Kubernetes E2E Test").
 */
class PlexdConfigTest {
    private static final Surroundings MACHINE = new Surroundings(Optional.empty(), "machine-1");
    private static final Path TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
    private static final Surroundings POD = new Surroundings(
            Optional.of(new KubernetesEnvironment("plexd-system", "plexd-abc", "worker-1", TOKEN)), "machine-1");

    @Test
    void hasTheDocumentedDefaults() throws ConfigException {
        var config = load("api:\n  base_url: http://control\n", MACHINE);

        assertEquals("node", config.mode());
        assertEquals("info", config.logLevel());
        assertEquals(Path.of("/var/lib/plexd"), config.dataDir());
        assertEquals(
                new ApiConfig(URI.create("http://control"), false, seconds(10), seconds(30), seconds(90)),
                config.api());
        assertEquals(
                new RegistrationConfig(
                        "",
                        Path.of("/etc/plexd/bootstrap-token"),
                        "PLEXD_BOOTSTRAP_TOKEN",
                        false,
                        "/plexd/bootstrap-token",
                        seconds(2),
                        "machine-1",
                        Map.of(),
                        seconds(300)),
                config.registration());
        assertEquals(new ContractConfig(WireContract.V1_SEED, Optional.empty(), seconds(600)), config.contract());
        assertEquals(seconds(30), config.heartbeatInterval());
        assertEquals(seconds(60), config.reconcileInterval());
        assertEquals(pipeline(15, 60, 100), config.metrics());
        assertEquals(
                new LogsConfig(pipeline(10, 30, 200), List.of(), Severity.DEBUG, Set.of(), Set.of()), config.logs());
        assertEquals(pipeline(5, 15, 500), config.audit());
        assertEquals(new HealthConfig(true, InetSocketAddress.createUnresolved("127.0.0.1", 9101)), config.health());
        assertEquals(
                new NodeApiConfig(
                        Path.of("/var/run/plexd/api.sock"),
                        false,
                        InetSocketAddress.createUnresolved("127.0.0.1", 9100),
                        Optional.empty(),
                        List.of(),
                        seconds(5),
                        seconds(5)),
                config.nodeApi());
        assertEquals(
                new KubernetesConfig(
                        false, false, "", Path.of("/var/log/kubernetes/audit/audit.log"), seconds(10), TOKEN, Set.of()),
                config.kubernetes());
        assertEquals(new HooksConfig(false, new HookRules(true, Set.of())), config.hooks());
        assertEquals(new ActionConfig(true, Path.of("/etc/plexd/hooks"), 5, seconds(600), 1_048_576), config.actions());
        assertEquals(
                new IntegrityConfig(true, Optional.empty(), Path.of("/etc/plexd/hooks"), seconds(300), true),
                config.integrity());
    }

    @Test
    void mapsEveryKey() throws ConfigException {
        var config = load(EVERY_KEY, MACHINE);

        assertEquals("bridge", config.mode());
        assertEquals("debug", config.logLevel());
        assertEquals(Path.of("/data"), config.dataDir());
        assertEquals(
                new ApiConfig(URI.create("https://control/base"), true, seconds(1), seconds(2), seconds(3)),
                config.api());
        assertEquals(
                new RegistrationConfig(
                        "sesame",
                        Path.of("/token"),
                        "TOKEN",
                        true,
                        "/imds/token",
                        seconds(4),
                        "node-7",
                        Map.of("zone", "a", "rack", "12"),
                        seconds(5)),
                config.registration());
        assertEquals("sesame", config.registration().tokenValue());
        assertEquals(
                new ContractConfig(
                        WireContract.V1_2026,
                        Optional.of(new ResourceClaim("0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a0", "edge-1", "r-1")),
                        seconds(19)),
                config.contract());
        assertEquals(seconds(6), config.heartbeatInterval());
        assertEquals(seconds(7), config.reconcileInterval());
        assertEquals(pipeline(8, 11, 9, "https://local/m", "m-key"), config.metrics());
        assertEquals(
                new LogsConfig(
                        pipeline(12, 13, 14, "https://local/l", "l-key"),
                        List.of("/var/log/*.log"),
                        Severity.WARNING,
                        Set.of("a", "b"),
                        Set.of("c")),
                config.logs());
        assertEquals(pipeline(15, 16, 17, "https://local/a", "a-key"), config.audit());
        assertEquals(new HealthConfig(false, InetSocketAddress.createUnresolved("localhost", 0)), config.health());
        assertEquals(
                new NodeApiConfig(
                        Path.of("/run/p.sock"),
                        true,
                        InetSocketAddress.createUnresolved("localhost", 1),
                        Optional.of(Path.of("/bearer")),
                        List.of("plexd", "node"),
                        seconds(19),
                        seconds(20)),
                config.nodeApi());
        assertEquals(
                new KubernetesConfig(
                        true,
                        false,
                        "mesh",
                        Path.of("/audit.log"),
                        seconds(18),
                        Path.of("/sa/token"),
                        Set.of("db-password")),
                config.kubernetes());
        assertEquals(new HooksConfig(true, new HookRules(false, Set.of("trim"))), config.hooks());
        assertEquals(new ActionConfig(false, Path.of("/hooks"), 19, seconds(20), 2048), config.actions());
        assertEquals(
                new IntegrityConfig(false, Optional.of(Path.of("/plexd")), Path.of("/others"), seconds(31), false),
                config.integrity());
    }

    @Test
    void aNamedSecretStaysSealedWithoutTheSwitch() throws ConfigException {
        var config =
                load("api:\n  base_url: http://control\nkubernetes:\n  plain_secret_keys: [db-password]\n", MACHINE);

        assertEquals(Set.of(), config.kubernetes().plainSecretKeys());
    }

    @Test
    void hasATestRowForEveryKey() throws ConfigException {
        var defaults = load("api:\n  base_url: http://control\n", MACHINE).printed();
        var set = load(EVERY_KEY, MACHINE).printed();

        for (var key : PlexdKeys.all().all()) {
            if (key.used() && !key.secret()) {
                assertNotEquals(defaults.get(key.path()), set.get(key.path()), key.path() + " is not in EVERY_KEY");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: router|mode|one of node, bridge",
                "data_dir: 3|data_dir|a path",
                "api: {base_url: 'mock-api:8080'}|api.base_url|an http or https URL",
                "api: {base_url: 'ftp://x'}|api.base_url|an http or https URL",
                "api: {tls_insecure_skip_verify: maybe}|api.tls_insecure_skip_verify|true or false",
                "api: {connect_timeout: 0s}|api.connect_timeout|more than 0",
                "api: {request_timeout: -1s}|api.request_timeout|not negative",
                "api: {sse_idle_timeout: 90}|api.sse_idle_timeout|a duration",
                "api: {contract: v2}|api.contract|one of auto, v1-seed, v1-2026",
                "api: {contract: v1-2026}|registration.project_id|because api.contract is v1-2026",
                "api: {contract: v1-2026}|registration.resource_handle|because api.contract is v1-2026",
                "api: {sse_reprobe_interval: 0s}|api.sse_reprobe_interval|at least 1s",
                "registration: {project_id: edge}|registration.project_id|a UUID that is not zero",
                "registration: {project_id: 00000000-0000-0000-0000-000000000000}|registration.project_id|not zero",
                "registration: {resource_handle: ' '}|registration.resource_handle|not blank",
                "registration: {metadata_token_path: token}|registration.metadata_token_path|beginning with /",
                "registration: {metadata: [a]}|registration.metadata|a section of texts",
                "registration: {hostname: ' '}|registration.hostname|not blank",
                "registration: {max_retry_duration: 0s}|registration.max_retry_duration|more than 0",
                "heartbeat: {interval: 10ms}|heartbeat.interval|at least 1s",
                "reconcile: {interval: 0s}|reconcile.interval|at least 1s",
                "metrics: {collect_interval: 4s}|metrics.collect_interval|at least 5s",
                "metrics: {report_interval: 9s}|metrics.report_interval|at least 10s",
                "metrics: {collect_interval: 2m}|metrics.report_interval|at least metrics.collect_interval, which is 2m",
                "metrics: {batch_size: 0}|metrics.batch_size|at least 1",
                "log_fwd: {collect_interval: 1s}|log_fwd.collect_interval|at least 5s",
                "log_fwd: {filter: {min_severity: loud}}|log_fwd.filter.min_severity|one of emerg, alert, crit",
                "log_fwd: {file_patterns: /var/log/x}|log_fwd.file_patterns|a list of texts",
                "audit_fwd: {collect_interval: 999ms}|audit_fwd.collect_interval|at least 1s",
                "audit_fwd: {enabled: 1}|audit_fwd.enabled|true or false",
                "metrics: {local_endpoint: {url: 'http://x', secret_key: k}}|metrics.local_endpoint.url|https only",
                "metrics: {local_endpoint: {url: 'https:///x', secret_key: k}}|metrics.local_endpoint.url|with a host",
                "log_fwd: {local_endpoint: {url: 'https://x'}}|log_fwd.local_endpoint.secret_key|name of a control-plane secret",
                "health: {listen: 9101}|health.listen|host:port",
                "kubernetes: {enabled: true}|kubernetes.namespace|a namespace",
                "kubernetes: {crd_sync_interval: 0s}|kubernetes.crd_sync_interval|at least 1s",
                "kubernetes: on|kubernetes|a section with keys",
                "wireguard: {listen_port: 0}|wireguard.listen_port|1 to 65535",
                "wireguard: {mtu: -1}|wireguard.mtu|at least 0",
                "nat: {stun_servers: []}|nat.stun_servers|not empty",
                "actions: {max_action_timeout: 9s}|actions.max_action_timeout|at least 10s",
                "actions: {max_concurrent: 0}|actions.max_concurrent|at least 1",
                "actions: {max_output_bytes: 1023}|actions.max_output_bytes|1024 to 4194304",
                "actions: {max_output_bytes: 4194305}|actions.max_output_bytes|1024 to 4194304",
                "integrity: {watch_enabled: 1}|integrity.watch_enabled|true or false",
                "integrity: {verify_interval: 29s}|integrity.verify_interval|at least 30s",
                "tunnel: {default_timeout: 59s}|tunnel.default_timeout|at least 1m",
                "node_api: {debounce_period: 0s}|node_api.debounce_period|more than 0",
                "node_api: {shutdown_timeout: 0s}|node_api.shutdown_timeout|more than 0",
                "node_api: {http_enabled: true}|node_api.http_token_file|no API server to ask for tokens",
                "node_api: {http_audiences: plexd}|node_api.http_audiences|a list of texts",
                "node_api: {socket_path: /234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789}|node_api.socket_path|at most 107 bytes",
                "bridge: 1|bridge|a section",
            })
    void refusesWhatBreaksARule(String yaml, String key, String expected) {
        var base = yaml.startsWith("api:") ? "" : "api: {base_url: 'http://control'}\n";

        var faults = faults(base + yaml, MACHINE);

        var fault = faults.stream()
                .filter(told -> told.key().equals(key))
                .findFirst()
                .orElseThrow();
        assertTrue(fault.expected().contains(expected), fault.toString());
    }

    @Test
    void tellsAllFaultsOfAFileTogether() {
        var faults = faults("mode: x\nmetrics: {batch_size: many}\nheartbeat: {interval: -5s}\n", MACHINE);

        assertEquals(
                Set.of("mode", "metrics.batch_size", "heartbeat.interval", "api.base_url"),
                Set.copyOf(faults.stream().map(ConfigFault::key).toList()));
    }

    @Test
    void keepsAnExplicitEnabledWhateverElseIsSet() throws ConfigException {
        var config =
                load("api: {base_url: 'http://c'}\nmetrics: {batch_size: 50}\nlog_fwd: {enabled: false}\n", MACHINE);

        assertTrue(config.metrics().enabled());
        assertFalse(config.logs().pipeline().enabled());
    }

    @Test
    void turnsKubernetesOnInsideAPodAndTakesItsNamespace() throws ConfigException {
        var kubernetes = load("api: {base_url: 'http://c'}", POD).kubernetes();

        assertTrue(kubernetes.enabled() && kubernetes.crdEnabled());
        assertEquals("plexd-system", kubernetes.namespace());
    }

    @Test
    void letsAnExplicitNoAndAnExplicitNamespaceWinInsideAPod() throws ConfigException {
        var off = load("api: {base_url: 'http://c'}\nkubernetes: {enabled: false}", POD)
                .kubernetes();
        var elsewhere = load("api: {base_url: 'http://c'}\nkubernetes: {crd_enabled: false, namespace: mesh}", POD)
                .kubernetes();

        assertFalse(off.enabled() || off.crdEnabled());
        assertTrue(elsewhere.enabled() && !elsewhere.crdEnabled());
        assertEquals("mesh", elsewhere.namespace());
    }

    @Test
    void needsNoTokenFileForTheNodeApiWhereAnApiServerKnowsTheCallers() throws ConfigException {
        var config = load("api: {base_url: 'http://c'}\nnode_api: {http_enabled: true}", POD);

        assertTrue(config.nodeApi().httpEnabled()
                && config.nodeApi().httpTokenFile().isEmpty());
    }

    @Test
    void runsHooksWhereItKeepsTheNodeStateUnlessToldOtherwise() throws ConfigException {
        var plain = load("api: {base_url: 'http://c'}", POD).hooks();
        var withoutNodeState = load("api: {base_url: 'http://c'}\nkubernetes: {crd_enabled: false}", POD);
        var off = load("api: {base_url: 'http://c'}\nkubernetes: {hooks_enabled: false}", POD);
        var nowhere = load("api: {base_url: 'http://c'}\nkubernetes: {enabled: false, hooks_enabled: true}", POD);

        assertTrue(plain.enabled());
        assertFalse(withoutNodeState.hooks().enabled());
        assertFalse(off.hooks().enabled());
        assertFalse(nowhere.hooks().enabled());
    }

    @Test
    void registersUnderTheNodesNameInsideAPod() throws ConfigException {
        var yaml = "api: {base_url: 'http://c'}\nregistration: {hostname: shared-by-all}";

        assertEquals("worker-1", load(yaml, POD).registration().hostname());
        assertEquals("shared-by-all", load(yaml, MACHINE).registration().hostname());
    }

    @Test
    void asksForAHostNameWhenTheMachineHasNone() {
        var faults = faults("api: {base_url: 'http://c'}", new Surroundings(Optional.empty(), ""));

        assertEquals("registration.hostname", faults.getFirst().key());
    }

    @Test
    void takesTheOlderNameOfTheDataDirectoryUnlessTheNewOneIsSet() throws ConfigException {
        var older = "api: {base_url: 'http://c'}\nregistration: {data_dir: /older}\n";

        assertEquals(Path.of("/older"), load(older, MACHINE).dataDir());
        assertEquals(Path.of("/new"), load(older + "data_dir: /new", MACHINE).dataDir());
    }

    @Test
    void comparesTheHooksThatAreRunUnlessToldOtherwise() throws ConfigException {
        var config = load("api: {base_url: 'http://c'}\nactions: {hooks_dir: /mine}", MACHINE);

        assertEquals(Path.of("/mine"), config.integrity().hooksDir());
    }

    @Test
    void neverPrintsTheToken() throws ConfigException {
        var config = load(EVERY_KEY, MACHINE);

        assertEquals("[masked]", config.printed().get("registration.token_value"));
        assertFalse(config.toString().contains("sesame"), config.toString());
    }

    private static List<ConfigFault> faults(String yaml, Surroundings surroundings) {
        return assertThrows(ConfigException.class, () -> load(yaml, surroundings))
                .faults();
    }

    private static PlexdConfig load(String yaml, Surroundings surroundings) throws ConfigException {
        var file = YamlFile.parse("c.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        return PlexdConfig.from(new ConfigReader.Input("c.yaml", file, Map.of(), Map.of()), surroundings);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static PipelineConfig pipeline(int collect, int report, int batch) {
        return new PipelineConfig(true, seconds(collect), seconds(report), batch, Optional.empty());
    }

    private static PipelineConfig pipeline(int collect, int report, int batch, String url, String key) {
        var local = new LocalEndpointConfig(URI.create(url), key, true);
        return new PipelineConfig(false, seconds(collect), seconds(report), batch, Optional.of(local));
    }

    private static final String EVERY_KEY = """
            mode: bridge
            log_level: debug
            data_dir: /data
            api: {base_url: 'https://control/base/', tls_insecure_skip_verify: true, connect_timeout: 1s,
                  request_timeout: 2s, sse_idle_timeout: 3s, contract: v1-2026, sse_reprobe_interval: 19s}
            registration: {data_dir: /older, token_file: /token, token_env: TOKEN, token_value: ' sesame ',
                           use_metadata: true, metadata_token_path: /imds/token, metadata_timeout: 4s,
                           hostname: node-7, metadata: {zone: a, rack: 12}, max_retry_duration: 5s,
                           project_id: 0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a0, resource_handle: edge-1,
                           requested_resource_id: r-1}
            heartbeat: {interval: 6s}
            reconcile: {interval: 7s}
            metrics: {enabled: false, collect_interval: 8s, report_interval: 11s, batch_size: 9,
                      local_endpoint: {url: 'https://local/m', secret_key: m-key, tls_insecure_skip_verify: true}}
            log_fwd: {enabled: false, collect_interval: 12s, report_interval: 13s, batch_size: 14,
                      file_patterns: ['/var/log/*.log'],
                      filter: {min_severity: warning, include_units: [a, b], exclude_units: [c]},
                      local_endpoint: {url: 'https://local/l', secret_key: l-key, tls_insecure_skip_verify: true}}
            audit_fwd: {enabled: false, collect_interval: 15s, report_interval: 16s, batch_size: 17,
                        local_endpoint: {url: 'https://local/a', secret_key: a-key, tls_insecure_skip_verify: true}}
            health: {enabled: false, listen: 'localhost:0'}
            node_api: {socket_path: /run/p.sock, http_enabled: true, http_listen: 'localhost:1', http_token_file: /bearer,
                       http_audiences: [plexd, node], debounce_period: 19s, shutdown_timeout: 20s}
            kubernetes: {enabled: true, crd_enabled: false, namespace: mesh, audit_log_path: /audit.log,
                         crd_sync_interval: 18s, token_path: /sa/token, hooks_enabled: true,
                         hooks_privileged: false, hooks_service_accounts: [trim], plain_secrets: true,
                         plain_secret_keys: [db-password]}
            actions: {enabled: false, hooks_dir: /hooks, max_concurrent: 19, max_action_timeout: 20s,
                      max_output_bytes: 2048}
            integrity: {enabled: false, binary_path: /plexd, hooks_dir: /others, verify_interval: 31s,
                        watch_enabled: false}
            """;
}
