package io.nodeplane.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RowTest {
    @Test
    void showsTheRatioToAGoal() {
        assertEquals(
                "| Jobs there | 45.5 s | at most 60 s | 0.76 |",
                Row.of("Jobs there", OptionalDouble.of(45.52), " s", "at most", 60)
                        .markdown());
    }

    @Test
    void hasNoRatioToZero() {
        assertEquals(
                "| writes | 0 | = 0 |  |",
                Row.of("writes", OptionalDouble.of(0), "", "=", 0).markdown());
    }

    @Test
    void saysWhatWasNotReached() {
        assertEquals(
                "| Jobs there | not reached | at most 60 s |  |",
                Row.of("Jobs there", OptionalDouble.empty(), " s", "at most", 60)
                        .markdown());
    }
}
