package io.nodeplane.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private static List<Double> counts(Curve curve) {
        return curve.points().stream().map(Curve.Point::count).toList();
    }

    @Test
    void countsOnWhereACounterBeginsAnew() {
        var readings = new ArrayDeque<>(List.of(
                Map.of("heartbeat", 5.0),
                Map.of("heartbeat", 8.0),
                Map.<String, Double>of(),
                Map.of("heartbeat", 2.0)));
        try (var sampler = Sampler.start(readings::removeFirst, NEVER, Set.of())) {
            sampler.sample();
            sampler.sample();
            sampler.sample();
            assertEquals(List.of(5.0, 8.0, 10.0), counts(sampler.curve("heartbeat")));
        }
    }

    @Test
    void letsALevelFall() {
        var readings =
                new ArrayDeque<>(List.of(Map.of("streams", 5.0), Map.of("streams", 0.0), Map.of("streams", 3.0)));
        try (var sampler = Sampler.start(readings::removeFirst, NEVER, Set.of("streams"))) {
            sampler.sample();
            sampler.sample();
            assertEquals(List.of(5.0, 0.0, 3.0), counts(sampler.curve("streams")));
        }
    }

    @Test
    void addsCountersThatAreReadTogether() {
        var readings = new ArrayDeque<>(
                List.of(Map.of("heartbeat", 1.0, "state", 1.0), Map.of("heartbeat", 4.0, "state", 2.0)));
        try (var sampler = Sampler.start(readings::removeFirst, NEVER, Set.of())) {
            sampler.sample();
            assertEquals(List.of(2.0, 6.0), counts(sampler.sum(List.of("heartbeat", "state"))));
        }
    }
}
