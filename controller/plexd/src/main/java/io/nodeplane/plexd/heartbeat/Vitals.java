package io.nodeplane.plexd.heartbeat;

import io.nodeplane.plexd.dataplane.DataPlane;
import io.nodeplane.plexd.identity.NodeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Reads what a heartbeat tells, anew for each one. Thread-safe if its sources are.
 *
 * @param nodeId who
 * @param binaryChecksum hex SHA-256 of the running jar
 * @param clock wall clock
 * @param startedAt when the process began
 * @param healthy whether every part of the agent works
 * @param dataPlane tells the truth about the mesh
 */
public record Vitals(
        NodeId nodeId,
        String binaryChecksum,
        Clock clock,
        Instant startedAt,
        BooleanSupplier healthy,
        DataPlane dataPlane)
        implements Supplier<Heartbeat> {
    @Override
    public Heartbeat get() {
        var now = clock.instant();
        var uptime = Duration.between(startedAt, now);
        return new Heartbeat(
                nodeId,
                now,
                healthy.getAsBoolean(),
                // A clock that was set back must not yield a duration that no reader expects.
                uptime.isNegative() ? Duration.ZERO : uptime,
                binaryChecksum,
                dataPlane.status());
    }
}
