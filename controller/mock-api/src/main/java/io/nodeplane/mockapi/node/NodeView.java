package io.nodeplane.mockapi.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the mock knows of a node.
 *
 * @param hostname host name as registered, or as far as the node id tells it
 * @param nodeId id that the node got
 * @param meshIp mesh address that the node got; after a restart of the mock, the address it would get
 * @param registeredAt last registration with this run of the mock
 * @param lastHeartbeat last heartbeat with this run of the mock
 * @param counts accepted requests by counter name, such as {@code heartbeat}
 */
public record NodeView(
        String hostname,
        String nodeId,
        String meshIp,
        Optional<Instant> registeredAt,
        Optional<Instant> lastHeartbeat,
        Map<String, Long> counts) {
    /** Copies the counts. */
    public NodeView {
        counts = Map.copyOf(counts);
    }
}
