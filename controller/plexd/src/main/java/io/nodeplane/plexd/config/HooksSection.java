package io.nodeplane.plexd.config;

import io.nodeplane.plexd.environment.KubernetesConfig;
import io.nodeplane.plexd.hooks.HookRules;
import io.nodeplane.plexd.hooks.HooksConfig;
import io.nodeplane.runtime.config.ConfigKey;
import io.nodeplane.runtime.config.ConfigReader;
import io.nodeplane.runtime.config.ConfigType;
import java.util.HashSet;
import java.util.List;

/** The keys of PlexdHooks; they run where the PlexdNodeState is kept, unless one of them says otherwise. */
final class HooksSection {
    private static final ConfigKey<Boolean> ENABLED = ConfigKey.without(
            "kubernetes.hooks_enabled",
            ConfigType.BOOLEAN,
            "as `kubernetes.crd_enabled`",
            "run PlexdHooks as Jobs on this node");
    private static final ConfigKey<Boolean> PRIVILEGED = ConfigKey.of(
            "kubernetes.hooks_privileged",
            ConfigType.BOOLEAN,
            true,
            "take hooks with a privileged container or files of the node");
    private static final ConfigKey<List<String>> SERVICE_ACCOUNTS = ConfigKey.of(
            "kubernetes.hooks_service_accounts",
            ConfigType.TEXTS,
            List.of(),
            "ServiceAccounts that hooks may name beside `plexd-hook`");

    static final List<ConfigKey<?>> ALL = List.of(ENABLED, PRIVILEGED, SERVICE_ACCOUNTS);

    private HooksSection() {}

    static HooksConfig read(ConfigReader reader, KubernetesConfig kubernetes) {
        var rules = new HookRules(reader.get(PRIVILEGED), new HashSet<>(reader.get(SERVICE_ACCOUNTS)));
        return new HooksConfig(kubernetes.enabled() && reader.find(ENABLED).orElse(kubernetes.crdEnabled()), rules);
    }
}
