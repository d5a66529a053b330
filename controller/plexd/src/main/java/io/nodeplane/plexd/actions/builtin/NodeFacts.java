package io.nodeplane.plexd.actions.builtin;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What built-in actions tell of the agent and its node.
 *
 * @param version of the agent
 * @param peers tunnels that run now
 * @param unready why the agent is not ready, if so
 * @param configuration every used key with its value, secrets masked by the type of the key
 * @param proc usually {@code /proc}
 */
public record NodeFacts(
        String hostname,
        String nodeId,
        String meshIp,
        String version,
        IntSupplier peers,
        Supplier<Optional<String>> unready,
        Map<String, String> configuration,
        Path dataDir,
        Path proc,
        Instant startedAt,
        InstantSource clock) {
    public NodeFacts {
        configuration = Map.copyOf(configuration);
    }
}
