package io.nodeplane.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.capabilities.CapabilityAnnouncement;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.plexd.hooks.DeclaredHooks;
import io.nodeplane.plexd.hooks.HookController;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.WireContract;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Sleeper;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Adds the hooks of the cluster to what the agent declares, in the contract that has a place for them.
 *
 * @param hooks absent in the seeds' contract, outside a cluster, and where hooks are off
 */
record HookDeclaring(Optional<DeclaredHooks> hooks) {
    /** How long the first declaration waits for them (protocol facts 5.2). */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(10);

    static HookDeclaring of(
            PlexdConfig config,
            Surroundings surroundings,
            Identity identity,
            RandomGenerator random,
            Optional<KubernetesClient> client) {
        var node = surroundings.nodeName();
        if (identity.contract() != WireContract.V1_2026 || !config.hooks().enabled() || node.isEmpty()) {
            return new HookDeclaring(Optional.empty());
        }
        var settings = HookController.Settings.of(
                node.get(), config.kubernetes().namespace(), config.hooks().rules());
        return new HookDeclaring(client.map(api -> DeclaredHooks.over(api, settings, Sleeper.REAL, random)));
    }

    /** All that is declared now. */
    Capabilities into(Capabilities own) {
        return hooks.map(found -> own.with(found.found())).orElse(own);
    }

    /** The announcement, which begins with the hooks if they are found soon and tells them later if not. */
    Worker.Body before(CapabilityAnnouncement announcement, Supplier<Capabilities> own) {
        if (hooks.isEmpty()) {
            return announcement;
        }
        hooks.get().onFound(found -> announcement.announce(own.get().with(found)));
        return () -> {
            hooks.get().awaitFirstLook(FIRST_LOOK);
            announcement.announce(into(own.get()));
            announcement.run();
        };
    }
}
