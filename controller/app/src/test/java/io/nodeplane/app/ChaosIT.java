package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fault campaign: agents killed at random points while the control plane is slow, cut or lying, and a program that checks what must
 * hold. Here a bounded slice; {@code make chaos} runs more, with {@code CHAOS_POINTS} and {@code CHAOS_SEED}.
 */
class ChaosIT {
    private static final int POINTS = Integer.getInteger("chaos.points", 16);
    private static final int POINTS_PER_NODE = 16;

    @TempDir
    Path directory;

    @Test
    void nothingIsLostRegisteredTwiceOrHalfWritten() throws Exception {
        var seed = Long.getLong("chaos.seed", System.nanoTime());
        System.out.println("chaos: seed " + seed + ", " + POINTS + " points; again: make chaos CHAOS_SEED=" + seed);
        var seeds = new Random(seed);
        var events = 0;
        for (var done = 0; done < POINTS; ) {
            var place = Files.createTempDirectory(directory, "node-");
            var nodeSeed = seeds.nextLong();
            try (var node = new ChaosNode(place, nodeSeed)) {
                assertEquals(List.of(), node.run(Math.min(POINTS_PER_NODE, POINTS - done)), "seed " + seed);
                done += node.points();
                events += node.events();
            }
            System.out.println(
                    "chaos: " + done + " of " + POINTS + " points, " + events + " audit events, 0 violations");
        }
    }
}
