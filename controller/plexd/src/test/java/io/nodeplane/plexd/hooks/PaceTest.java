package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Random random = new Random(7);

    private List<Duration> draws(int agents, Supplier<Duration> draw) {
        return Stream.generate(draw).limit(agents).sorted().toList();
    }

    @Test
    void letsAHandfulOfAThousandAgentsTryToBeFirst() {
        var delays = draws(1_000, () -> Pace.USUAL.untilFirst(random));
        // As long as the first write takes with 1,000 nodes.
        var first = delays.getFirst().plusMillis(300);
        var tries = delays.stream().filter(delay -> delay.compareTo(first) < 0).count();
        assertTrue(tries >= 1 && tries < 20, tries + " tries");
    }

    @Test
    void keepsNobodyWaitingLongerThanTheLongestTime() {
        var delays = draws(10_000, () -> Pace.USUAL.untilFirst(random));
        assertTrue(!delays.getFirst().isNegative(), delays.getFirst().toString());
        assertTrue(
                delays.getLast().compareTo(Duration.ofSeconds(2)) <= 0,
                delays.getLast().toString());
    }

    @Test
    void spreadsTheResultsOfManyNodesOverTheTimeTheyCost() {
        var delays = draws(1_000, () -> Pace.USUAL.untilWrite(1_000, random));
        assertTrue(
                delays.getLast().compareTo(Duration.ofSeconds(250)) <= 0,
                delays.getLast().toString());
        assertTrue(
                delays.get(500).compareTo(Duration.ofSeconds(100)) > 0,
                delays.get(500).toString());
    }

    @Test
    void asksAgainHalfAsOftenAfterEachFailureUpToAnEighth() {
        var times = IntStream.rangeClosed(1, 6)
                .mapToObj(failures -> draws(10_000, () -> Pace.USUAL.untilWriteAgain(1_000, failures, random))
                        .getLast())
                .map(longest -> Math.round(longest.toSeconds() / 250.0))
                .toList();
        assertEquals(List.of(1L, 2L, 4L, 8L, 8L, 8L), times);
    }

    @Test
    void writesAtOnceWhereEveryStepIsTold() {
        assertEquals(Duration.ZERO, Pace.USUAL.untilWrite(HookPlan.TOLD_STEP_BY_STEP, random));
    }
}
