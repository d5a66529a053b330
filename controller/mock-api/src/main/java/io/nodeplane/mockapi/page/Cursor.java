package io.nodeplane.mockapi.page;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far a page has read. Opaque to the page.
 *
 * @param run which run of the mock it read: after a restart all sequences begin anew
 * @param requests sequence of the newest request
 * @param metrics metric records so far
 * @param logs log records so far
 * @param audit audit records so far
 */
record Cursor(String run, long requests, long metrics, long logs, long audit) {
    /** 18 digits always fit a long. */
    private static final Pattern FORM =
            Pattern.compile("([0-9a-z]{1,20})\\.(\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,18})");

    /** Before everything. */
    static Cursor start(String run) {
        return new Cursor(run, 0, 0, 0, 0);
    }

    /** The cursor in {@code text}; nothing when it is none. */
    static Optional<Cursor> parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Cursor(
                parts.group(1),
                Long.parseLong(parts.group(2)),
                Long.parseLong(parts.group(3)),
                Long.parseLong(parts.group(4)),
                Long.parseLong(parts.group(5))));
    }

    /** The text that {@link #parse} reads. */
    String text() {
        return String.join(
                ".", run, Long.toString(requests), Long.toString(metrics), Long.toString(logs), Long.toString(audit));
    }
}
