package io.nodeplane.scale;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A line of the table.
 *
 * @param what was measured
 * @param value as text, with its unit
 * @param goal as text, empty when there is none
 * @param ratio of the value to the goal, empty when there is no goal or it is zero
 */
record Row(String what, String value, String goal, OptionalDouble ratio) {
    static Row of(String what, String value) {
        return new Row(what, value, "", OptionalDouble.empty());
    }

    static Row of(String what, double value, String unit) {
        return of(what, number(value) + unit);
    }

    static Row of(String what, OptionalDouble value, String unit) {
        return of(what, text(value, unit));
    }

    /** A value that should be at most, or at least, the goal. */
    static Row of(String what, OptionalDouble value, String unit, String relation, double goal) {
        var ratio =
                value.isPresent() && goal > 0 ? OptionalDouble.of(value.getAsDouble() / goal) : OptionalDouble.empty();
        return new Row(what, text(value, unit), relation + " " + number(goal) + unit, ratio);
    }

    /** A line of a Markdown table. */
    String markdown() {
        return "| " + what + " | " + value + " | " + goal + " | "
                + (ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "") + " |";
    }

    private static String text(OptionalDouble value, String unit) {
        return value.isPresent() ? number(value.getAsDouble()) + unit : "not reached";
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.valueOf((long) value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
    }
}
