package io.nodeplane.runtime.logging;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/** The newest log lines, as they were printed, for somebody who asks; nobody drains them. Thread-safe. */
public final class RecentLog implements LogTap {
    private record Line(Instant at, String text) {}

    private final int maxLines;
    private final int maxCharacters;
    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private int characters;

    /**
     * Empty.
     *
     * @param maxLines that are kept
     * @param maxCharacters of all lines together; a longer line is not kept
     */
    public RecentLog(int maxLines, int maxCharacters) {
        this.maxLines = maxLines;
        this.maxCharacters = maxCharacters;
    }

    @Override
    public void accept(LogEvent event) {
        keep(new Line(event.at(), LogLine.of(event)));
    }

    private synchronized void keep(Line line) {
        if (line.text().length() > maxCharacters) {
            return;
        }
        lines.addLast(line);
        characters += line.text().length();
        while (lines.size() > maxLines || characters > maxCharacters) {
            characters -= lines.removeFirst().text().length();
        }
    }

    /** The newest lines since a time, each with its line break, oldest first. */
    public synchronized List<String> newest(int max, Instant since) {
        var recent = lines.stream()
                .filter(line -> !line.at().isBefore(since))
                .map(Line::text)
                .toList();
        return recent.subList(Math.max(0, recent.size() - max), recent.size());
    }
}
