package io.nodeplane.app.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows for people: columns as wide as their longest cell, two spaces apart, nothing behind the last one.
 *
 * @param header upper-case column names
 * @param rows each as long as the header
 */
record Table(List<String> header, List<List<String>> rows) {
    Table {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    String text() {
        var lines = new ArrayList<List<String>>();
        lines.add(header);
        rows.forEach(row -> lines.add(row.stream().map(Table::cell).toList()));
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(line(line, lines)).append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String line(List<String> cells, List<List<String>> lines) {
        var line = new StringBuilder();
        for (var column = 0; column < cells.size(); column++) {
            var at = column;
            var width =
                    lines.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            var cell = cells.get(column);
            line.append(cell).append(" ".repeat(width - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }

    /** What others wrote must not move the cursor or colour the terminal; an empty cell is shown as one. */
    private static String cell(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(each -> shown.appendCodePoint(Character.isISOControl(each) ? '?' : each));
        return shown.isEmpty() ? "-" : shown.toString();
    }
}
