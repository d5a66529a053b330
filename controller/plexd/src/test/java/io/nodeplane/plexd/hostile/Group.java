package io.nodeplane.plexd.hostile;

import java.util.List;

/** Inputs that go the same way into the agent. */
record Group(String name, Trial trial, List<Row> rows) {
    /** The outcome on one line; a bug is told like one. */
    String outcome(Row row) {
        try (var input = row.input().open()) {
            return oneLine(trial.outcome(input));
        } catch (Exception | StackOverflowError bug) {
            return oneLine("BUG " + bug);
        }
    }

    private static String oneLine(String text) {
        var line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= 400 ? line : line.substring(0, 400) + " and " + (line.length() - 400) + " more";
    }
}
