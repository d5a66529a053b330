package io.nodeplane.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A count over time.
 *
 * @param points in the order of time
 */
record Curve(List<Point> points) {
    /**
     * A count as it was at a time.
     *
     * @param seconds since the begin of the curve
     */
    record Point(double seconds, double count) {}

    Curve {
        points = List.copyOf(points);
    }

    /** When the count was reached for the first time, in seconds; empty when it never was. */
    OptionalDouble reached(double count) {
        return points.stream()
                .filter(point -> point.count() >= count)
                .mapToDouble(Point::seconds)
                .findFirst();
    }

    /** Seconds in which the middle 90 percent of a rise from zero to {@code total} took place; empty when it did not end. */
    OptionalDouble spread(double total) {
        var begin = reached(total * 0.05);
        var end = reached(total * 0.95);
        return begin.isPresent() && end.isPresent()
                ? OptionalDouble.of(end.getAsDouble() - begin.getAsDouble())
                : OptionalDouble.empty();
    }

    /** The last count, zero when there is none. */
    double last() {
        return points.isEmpty() ? 0 : points.getLast().count();
    }

    /** The largest rise within a second. */
    double peakPerSecond() {
        return perSecond().points().stream().mapToDouble(Point::count).max().orElse(0);
    }

    /** The rise within each whole second, told at its end. Between two points the rise counts as steady. */
    Curve perSecond() {
        var rises = new ArrayList<Point>();
        if (points.isEmpty()) {
            return new Curve(rises);
        }
        var before = points.getFirst().count();
        for (var second = Math.ceil(points.getFirst().seconds()) + 1;
                second <= points.getLast().seconds();
                second++) {
            var now = at(second);
            rises.add(new Point(second, Math.max(0, now - before)));
            before = now;
        }
        return new Curve(rises);
    }

    private double at(double seconds) {
        var before = points.getFirst();
        for (var point : points) {
            if (point.seconds() >= seconds) {
                var between = point.seconds() - before.seconds();
                var share = between == 0 ? 1 : (seconds - before.seconds()) / between;
                return before.count() + share * (point.count() - before.count());
            }
            before = point;
        }
        return before.count();
    }

    /** The same from a time on, which becomes its zero; the counts stay: for what is no counter. */
    Curve after(double seconds) {
        return new Curve(points.stream()
                .filter(point -> point.seconds() >= seconds)
                .map(point -> new Point(point.seconds() - seconds, point.count()))
                .toList());
    }

    /** The same from a time on, which becomes its zero; counts begin at zero too. */
    Curve from(double seconds) {
        var start = points.stream()
                .filter(point -> point.seconds() <= seconds)
                .mapToDouble(Point::count)
                .reduce(0, (_, later) -> later);
        return new Curve(points.stream()
                .filter(point -> point.seconds() >= seconds)
                .map(point -> new Point(point.seconds() - seconds, point.count() - start))
                .toList());
    }
}
