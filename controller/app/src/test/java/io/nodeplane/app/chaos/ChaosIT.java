package io.nodeplane.app.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fault campaign: agents killed at random points while control plane, API server, disk and clock fail them, and programs that
 * check what must hold. Here a bounded slice, the same for each change; {@code make chaos} runs more, each time others, with
 * {@code CHAOS_POINTS} and {@code CHAOS_SEED}.
 */
class ChaosIT {
    private static final int POINTS = Integer.getInteger("chaos.points", 18);
    /** So that the slice has a node of each kind. */
    private static final int POINTS_PER_NODE = POINTS < 100 ? 6 : 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void nothingIsLostRunTwiceLeftOverOrHalfWritten() throws Exception {
        var seed = Long.getLong("chaos.seed", 2026);
        System.out.println("chaos: seed " + seed + ", " + POINTS + " points; again: make chaos CHAOS_SEED=" + seed);
        var agents = Agents.untrained(directory).trained(directory);
        try (var cluster = ChaosCluster.start()) {
            var campaign = new Campaign(directory, seed, POINTS, POINTS_PER_NODE, agents, cluster);
            assertEquals(List.of(), campaign.run(), "seed " + seed);
        }
    }
}
