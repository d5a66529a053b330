package io.nodeplane.plexd.heartbeat;

import io.nodeplane.plexd.dataplane.DataPlaneStatus;
import io.nodeplane.plexd.identity.NodeId;
import java.time.Duration;
import java.time.Instant;

/**
 * One sign of life (protocol facts 5.1).
 *
 * @param nodeId who
 * @param at wall-clock time of this attempt
 * @param healthy false while a part of the agent is failing
 * @param uptime since process start
 * @param binaryChecksum hex SHA-256 of the running jar
 * @param dataPlane truth about the mesh on this node
 */
public record Heartbeat(
        NodeId nodeId,
        Instant at,
        boolean healthy,
        Duration uptime,
        String binaryChecksum,
        DataPlaneStatus dataPlane) {}
