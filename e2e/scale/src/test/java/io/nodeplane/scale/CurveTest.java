package io.nodeplane.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.scale.Curve.Point;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {
    private static final Curve STEADY = new Curve(
            IntStream.rangeClosed(0, 100).mapToObj(i -> new Point(i, i)).toList());

    @Test
    void tellsWhenACountWasReachedForTheFirstTime() {
        assertEquals(OptionalDouble.of(42), STEADY.reached(42));
        assertTrue(STEADY.reached(101).isEmpty());
    }

    @Test
    void spreadsOverTheMiddleNinetyPercent() {
        assertEquals(OptionalDouble.of(90), STEADY.spread(100));
        assertTrue(STEADY.spread(200).isEmpty());
    }

    @Test
    void seesAHerdThatComesInOneSecond() {
        var herd = new Curve(List.of(new Point(0, 0), new Point(59, 0), new Point(60, 1000), new Point(61, 1000)));
        assertEquals(OptionalDouble.of(0), herd.spread(1000));
        assertEquals(1000, herd.peakPerSecond());
    }

    @Test
    void beginsAnewAtATime() {
        var later = STEADY.from(60);
        assertEquals(new Point(0, 0), later.points().getFirst());
        assertEquals(40, later.last());
    }

    @Test
    void keepsWhatIsNoCounterAtATime() {
        assertEquals(new Point(0, 60), STEADY.after(60).points().getFirst());
    }

    @Test
    void sharesARiseAmongTheSecondsItTook() {
        assertEquals(5, new Curve(List.of(new Point(0, 0), new Point(4, 20))).peakPerSecond());
    }

    @Test
    void takesTwoReadingsOfAMomentForNoBurst() {
        var close = new Curve(List.of(new Point(0, 0), new Point(2, 10), new Point(2.01, 15), new Point(4, 20)));
        assertEquals(7.5, close.peakPerSecond(), 0.1);
    }
}
