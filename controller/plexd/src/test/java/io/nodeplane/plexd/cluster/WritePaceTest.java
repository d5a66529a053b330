package io.nodeplane.plexd.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WritePaceTest {
    private final List<Duration> slept = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private final WritePace pace = new WritePace(slept::add, new Random(1), () -> now.toNanos());

    @Test
    void doesNotWaitForAQuickServer() throws Exception {
        for (var i = 0; i < 5; i++) {
            pace.write(taking(Duration.ofMillis(200)));
        }

        assertEquals(List.of(), slept);
    }

    @Test
    void givesASlowServerAsLongAsItTookInTheMean() throws Exception {
        pace.write(taking(Duration.ofSeconds(4)));
        for (var i = 0; i < 1_000; i++) {
            pace.write(taking(Duration.ofSeconds(4)));
        }

        assertEquals(1_000, slept.size());
        assertTrue(slept.stream().allMatch(pause -> pause.compareTo(Duration.ofSeconds(8)) <= 0));
        assertEquals(4, slept.stream().mapToLong(Duration::toMillis).average().orElseThrow() / 1_000, 0.2);
    }

    @Test
    void waitsAMinuteAtMostAlsoAfterAFailure() throws Exception {
        assertThrows(
                ClusterFault.class,
                () -> pace.write(() -> {
                    now = now.plusHours(1);
                    throw new ClusterFault(ClusterFault.Kind.UNAVAILABLE, "cut", null);
                }));
        pace.write(taking(Duration.ZERO));

        assertTrue(slept.getFirst().compareTo(Duration.ofMinutes(1)) <= 0, slept::toString);
    }

    private WritePace.Write taking(Duration duration) {
        return () -> now = now.plus(duration);
    }
}
