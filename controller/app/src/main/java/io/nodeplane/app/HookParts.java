package io.nodeplane.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.plexd.hooks.HookController;
import io.nodeplane.runtime.lifecycle.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that run PlexdHooks. */
final class HookParts {
    private static final Logger LOG = LoggerFactory.getLogger(HookParts.class);

    private HookParts() {}

    /**
     * In start order; empty outside Kubernetes or when the configuration says so.
     *
     * @param shared the client of the other cluster parts, if there are any
     */
    static List<Part> of(
            PlexdConfig config,
            Surroundings surroundings,
            Map<String, String> variables,
            Foundation foundation,
            RandomGenerator random,
            Optional<KubernetesClient> shared) {
        var client = config.hooks().enabled()
                ? shared.or(() -> ClusterParts.client(config, variables))
                : Optional.<KubernetesClient>empty();
        if (client.isEmpty()) {
            return List.of();
        }
        var node = surroundings.nodeName();
        if (node.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("reason", "MY_NODE_NAME is not set")
                    .log("hooks are off, this node cannot be told from others");
            return List.of();
        }
        var controller = HookController.over(
                client.get(),
                HookController.Settings.of(
                        node.get(),
                        config.kubernetes().namespace(),
                        config.hooks().rules()),
                foundation.clock(),
                random,
                foundation.figures().hooks(),
                () -> foundation.subsystems().unmet("subsystem stopped"));
        return shared.isPresent()
                ? List.of(controller)
                : List.of(new ClusterParts.ClientPart(client.get()), controller);
    }
}
